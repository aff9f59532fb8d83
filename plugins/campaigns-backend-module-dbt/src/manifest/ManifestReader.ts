import { createHash } from 'crypto';
import {
  asMap,
  asText,
  get,
  onlyMaps,
  stringsOf,
  YamlMap,
} from '../project/YamlMap';
import { distinct } from '../resolveProjects';
import { DbtDataset, ResolvedProject } from '../types';

/** Kinds of nodes that have a table or view. */
const tableKinds = new Set(['model', 'seed', 'snapshot']);

/** Finds in a manifest what is read and written, by dataset names. */
export class ManifestReader {
  readonly #name: string;
  readonly #nodes: YamlMap[];
  readonly #sources: YamlMap[];
  readonly #exposures: YamlMap[];
  /** Datasets by unique id. */
  readonly #datasets = new Map<string, DbtDataset>();

  constructor(manifest: YamlMap, nodes: YamlMap) {
    this.#nodes = entriesOf(nodes);
    this.#sources = entriesOf(asMap(get(manifest, 'sources')));
    this.#exposures = entriesOf(asMap(get(manifest, 'exposures')));
    this.#name = this.#projectName(manifest);
    for (const node of this.#nodes) {
      if (!isTable(node) || isEphemeral(node)) continue;
      this.#remember(node, 'alias', 'name');
    }
    for (const source of this.#sources) {
      this.#remember(source, 'identifier', 'name');
    }
  }

  read(): ResolvedProject {
    // Another project's models are named in ours, but built there.
    const own = this.#nodes.filter(node => !this.#isForeign(node));
    const built = own.filter(isTable);
    return {
      name: this.#name,
      reads: distinct(built.flatMap(node => this.#readsOf(node))),
      writes: distinct(
        built.flatMap(node => this.#datasets.get(idOf(node)) ?? []),
      ),
      exposures: this.#exposures.map(exposure => ({
        name: asText(get(exposure, 'name')) ?? idOf(exposure),
        title: asText(get(exposure, 'label')),
        reads: distinct(this.#readsOf(exposure)),
      })),
      models: new Map(
        built.flatMap(node => {
          const name = asText(get(node, 'name'));
          const dataset = this.#datasets.get(idOf(node));
          const isOwn = get(node, 'package_name') === this.#name;
          return name && dataset && isOwn
            ? this.#versionsOf(node, name).map(
                each => [each, dataset] as [string, DbtDataset],
              )
            : [];
        }),
      ),
    };
  }

  /**
   * Metadata names the project from version 10 on; before that it has the digest
   * of the name alone. Without either, the package of most nodes is it.
   */
  #projectName(manifest: YamlMap): string {
    const metadata = asMap(get(manifest, 'metadata'));
    const named = asText(get(metadata, 'project_name'));
    if (named) return named;
    const counts = new Map<string, number>();
    for (const node of this.#nodes) {
      const name = asText(get(node, 'package_name'));
      // Models of packages may outnumber ours, their tests do not come along.
      if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const id = asText(get(metadata, 'project_id'));
    const [first] = [...counts].sort(
      ([one, many], [other, more]) =>
        Number(md5(other) === id) - Number(md5(one) === id) ||
        more - many ||
        (one < other ? -1 : 1),
    );
    return first?.[0] ?? 'unknown';
  }

  #remember(node: YamlMap, ...names: string[]): void {
    const dataset = datasetOf(node, names);
    if (dataset) this.#datasets.set(idOf(node), dataset);
  }

  #readsOf(node: YamlMap): DbtDataset[] {
    const dependsOn = asMap(get(node, 'depends_on'));
    return stringsOf(get(dependsOn, 'nodes'))
      .concat(stringsOf(get(dependsOn, 'public_nodes')))
      .flatMap(id => this.#datasets.get(id) ?? []);
  }

  #isForeign(node: YamlMap): boolean {
    if (get(node, 'package_name') === this.#name) return false;
    const code = asText(get(node, 'raw_code')) ?? asText(get(node, 'raw_sql'));
    return get(node, 'resource_type') === 'model' && code === undefined;
  }

  #versionsOf(node: YamlMap, name: string): string[] {
    const version = get(node, 'version');
    if (version === undefined || version === null) return [name];
    const names = [`${name}_v${version}`];
    if (get(node, 'latest_version') === version) names.push(name);
    return names;
  }
}

/** As dbt makes a project's id of its name. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function isTable(node: YamlMap): boolean {
  return tableKinds.has(String(get(node, 'resource_type')));
}

function isEphemeral(node: YamlMap): boolean {
  return get(asMap(get(node, 'config')), 'materialized') === 'ephemeral';
}

function idOf(node: YamlMap): string {
  return asText(get(node, 'unique_id')) ?? '';
}

/** `database.schema.name`; adapters without databases, Spark for one, leave that out. */
function datasetOf(node: YamlMap, names: string[]): DbtDataset | undefined {
  const schema = asText(get(node, 'schema'));
  const table = names
    .map(name => asText(get(node, name)))
    .find(name => name !== undefined);
  if (!schema || !table) return undefined;
  const database = asText(get(node, 'database'));
  return {
    name: [...(database ? [database] : []), schema, table].join('.'),
    confidence: 'certain',
  };
}

function entriesOf(map: YamlMap | undefined): YamlMap[] {
  return onlyMaps(Object.values(map ?? {}).map(asMap));
}
