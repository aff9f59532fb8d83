import { PlainContext, renderPlain } from './renderPlain';
import { asMap, asText, get, stringsOf, YamlMap } from './YamlMap';

/** Kinds of files that build datasets. */
export type NodeKind = 'models' | 'seeds' | 'snapshots';

/** Where a dataset goes, as far as configuration says. */
export interface Placement {
  database?: string;
  schema?: string;
}

/** Of one kind; each file is compared with all of them, and no real project has more. */
const MOST_FOLDERS = 50;

/** `dbt_project.yml`, with what a `profiles.yml` beside it adds. */
export class ProjectConfig {
  readonly name: string;
  readonly context: PlainContext;
  readonly #yaml: YamlMap;
  readonly #folders = new Map<NodeKind | 'macros', string[]>();

  private constructor(name: string, yaml: YamlMap, context: PlainContext) {
    this.name = name;
    this.#yaml = yaml;
    this.context = context;
  }

  /**
   * @param yaml - the project file
   * @param profiles - the profiles file
   * @param defaults - database and schema of the target, where no profile says
   * @returns undefined where the file is no project
   */
  static of(
    yaml: YamlMap | undefined,
    profiles: YamlMap | undefined,
    defaults: Placement,
  ): ProjectConfig | undefined {
    const name = asText(get(yaml, 'name'));
    if (!yaml || !name) return undefined;
    const context: PlainContext = { vars: readVars(yaml, name), ...defaults };
    Object.assign(
      context,
      readProfile(profiles, asText(get(yaml, 'profile')), context),
    );
    return new ProjectConfig(name, yaml, context);
  }

  /** Folders in the project, in the order of the file. */
  folders(kind: NodeKind | 'macros'): string[] {
    const keys = {
      models: ['model-paths', 'source-paths'],
      seeds: ['seed-paths', 'data-paths'],
      snapshots: ['snapshot-paths'],
      macros: ['macro-paths'],
    }[kind];
    const fallback = {
      models: ['models'],
      seeds: ['seeds', 'data'],
      snapshots: ['snapshots'],
      macros: ['macros'],
    }[kind];
    const known = this.#folders.get(kind);
    if (known) return known;
    const named = keys.flatMap(key => stringsOf(get(this.#yaml, key)));
    const folders = (named.length > 0 ? named : fallback)
      .slice(0, MOST_FOLDERS)
      .map(folder => folder.replace(/^(\.?\/)+|(?<!\/)\/+$/g, ''));
    this.#folders.set(kind, folders);
    return folders;
  }

  /**
   * What the project file says of a node in a folder: the deeper the entry, the
   * more it counts.
   *
   * @param path - folders and name of the node below the kind's own folder
   */
  placement(kind: NodeKind, path: string[]): Placement {
    const placement: Placement = {};
    let level = asMap(get(this.#yaml, kind));
    for (const key of [undefined, this.name, ...path]) {
      if (key !== undefined) level = asMap(get(level, key));
      if (!level) break;
      placement.database =
        this.#value(level, 'database', 'project', 'target_database') ??
        placement.database;
      placement.schema =
        this.#value(level, 'schema', 'dataset', 'target_schema') ??
        placement.schema;
    }
    return placement;
  }

  #value(level: YamlMap, ...keys: string[]): string | undefined {
    for (const key of keys) {
      const value = get(level, `+${key}`) ?? get(level, key);
      const plain = renderPlain(value, this.context);
      if (plain !== undefined) return plain;
    }
    return undefined;
  }
}

function readVars(yaml: YamlMap, project: string): Map<string, string> {
  const all = asMap(get(yaml, 'vars'));
  const vars = new Map<string, string>();
  for (const level of [all, asMap(get(all, project))]) {
    for (const [key, value] of Object.entries(level ?? {})) {
      if (['string', 'number', 'boolean'].includes(typeof value)) {
        vars.set(key, String(value));
      }
    }
  }
  return vars;
}

/** The target that production runs with: by its name, or else the default one. */
function readProfile(
  profiles: YamlMap | undefined,
  profile: string | undefined,
  context: PlainContext,
): Placement {
  const chosen = asMap(get(profiles, profile ?? ''));
  const outputs = asMap(get(chosen, 'outputs'));
  const output = ['prod', 'production', asText(get(chosen, 'target')) ?? '']
    .map(name => asMap(get(outputs, name)))
    .find(each => each !== undefined);
  const first = (...keys: string[]) =>
    keys
      .map(key => renderPlain(get(output, key), context))
      .find(value => value !== undefined);
  const database = first('database', 'project', 'dbname', 'catalog');
  const schema = first('schema', 'dataset');
  return { ...(database && { database }), ...(schema && { schema }) };
}
