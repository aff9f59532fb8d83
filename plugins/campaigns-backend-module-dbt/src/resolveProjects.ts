import {
  DbtCalls,
  DbtDataset,
  DbtProject,
  RefCall,
  ResolvedProject,
} from './types';

/**
 * Puts the names of datasets in the place of dbt's own, over project borders: a
 * `ref` may name a model of another project.
 *
 * @param known - projects resolved by other means, whose models may be read
 */
export function resolveProjects(
  projects: DbtProject[],
  known: ResolvedProject[] = [],
): ResolvedProject[] {
  const models = new Map<string, Map<string, DbtDataset>>();
  for (const project of known) models.set(project.name, project.models);
  for (const project of projects) models.set(project.name, modelsOf(project));

  const builders = buildersOf(models);
  return projects.map(project => {
    const names = new Set(project.nodes.map(({ name }) => name));
    const resolve = (calls: DbtCalls) => [
      ...calls.refs.flatMap(
        ref => resolveRef(project.name, names, ref, { models, builders }) ?? [],
      ),
      ...calls.sources.flatMap(
        ({ source, table }) =>
          project.sources.get(`${source}.${table}`.toLowerCase()) ?? [],
      ),
    ];
    return {
      name: project.name,
      reads: distinct([
        ...project.nodes.flatMap(node => resolve(node.calls)),
        ...resolve(project.macros).map(likely),
      ]),
      writes: distinct(
        project.nodes.filter(node => !node.ephemeral).map(node => node.dataset),
      ),
      exposures: project.exposures.map(({ name, title, calls }) => ({
        name,
        title,
        reads: distinct(resolve(calls)),
      })),
      models: models.get(project.name)!,
    };
  });
}

/** Tables by model; an ephemeral model has none that another could read. */
function modelsOf(project: DbtProject): Map<string, DbtDataset> {
  const models = new Map<string, DbtDataset>();
  for (const node of project.nodes) {
    if (!node.ephemeral) models.set(node.name, node.dataset);
  }
  for (const [name, version] of project.latestVersions) {
    const newest = models.get(`${name}_v${version}`);
    if (newest && !models.has(name)) models.set(name, newest);
  }
  return models;
}

/** Models by project, and the projects that build a model of a name. */
interface KnownModels {
  models: Map<string, Map<string, DbtDataset>>;
  builders: Map<string, string[]>;
}

function buildersOf(models: KnownModels['models']): Map<string, string[]> {
  const builders = new Map<string, string[]>();
  for (const [project, datasets] of models) {
    for (const name of datasets.keys()) {
      const known = builders.get(name);
      if (known) known.push(project);
      else builders.set(name, [project]);
    }
  }
  return builders;
}

/** @param names - of all that the project declares */
function resolveRef(
  project: string,
  names: ReadonlySet<string>,
  ref: RefCall,
  { models, builders }: KnownModels,
): DbtDataset | undefined {
  const lookUp = (of: Map<string, DbtDataset> | undefined) =>
    (ref.version === undefined
      ? undefined
      : of?.get(`${ref.name}_v${ref.version}`)) ?? of?.get(ref.name);
  if (ref.package !== undefined && ref.package !== project) {
    return lookUp(models.get(ref.package));
  }
  const own = lookUp(models.get(project));
  if (own || names.has(ref.name)) return own;
  // A package's model: certain enough where one project alone has the name.
  const others = new Set<string>();
  const versioned =
    ref.version === undefined ? [] : [`${ref.name}_v${ref.version}`];
  for (const name of [...versioned, ref.name]) {
    for (const other of builders.get(name) ?? []) {
      if (other !== project) others.add(other);
      if (others.size > 1) return undefined;
    }
  }
  const [only] = others;
  const dataset = only === undefined ? undefined : lookUp(models.get(only));
  return dataset && likely(dataset);
}

function likely(dataset: DbtDataset): DbtDataset {
  return { ...dataset, confidence: 'likely' };
}

/** Each dataset once, with the surer word on it. */
export function distinct(datasets: DbtDataset[]): DbtDataset[] {
  const byName = new Map<string, DbtDataset>();
  for (const dataset of datasets) {
    if (byName.get(dataset.name)?.confidence !== 'certain') {
      byName.set(dataset.name, dataset);
    }
  }
  return [...byName.values()];
}
