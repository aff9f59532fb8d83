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

  return projects.map(project => {
    const resolve = (calls: DbtCalls) => [
      ...calls.refs.flatMap(ref => resolveRef(project, ref, models) ?? []),
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

function resolveRef(
  project: DbtProject,
  ref: RefCall,
  models: Map<string, Map<string, DbtDataset>>,
): DbtDataset | undefined {
  const lookUp = (of: Map<string, DbtDataset> | undefined) =>
    (ref.version === undefined
      ? undefined
      : of?.get(`${ref.name}_v${ref.version}`)) ?? of?.get(ref.name);
  if (ref.package !== undefined && ref.package !== project.name) {
    return lookUp(models.get(ref.package));
  }
  const own = lookUp(models.get(project.name));
  if (own || project.nodes.some(node => node.name === ref.name)) return own;
  // A package's model: certain enough where one project alone has the name.
  const others = [...models]
    .filter(([name]) => name !== project.name)
    .flatMap(([, each]) => lookUp(each) ?? []);
  return others.length === 1 ? likely(others[0]) : undefined;
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
