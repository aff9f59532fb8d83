import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import type { SourceFile } from '@skein/mapping-rewriter';
import { parseDocument } from 'yaml';

const MACRO = /\{%-?\s*macro\s+(\w+)\s*\([^]*?\{%-?\s*endmacro\s*-?%\}/g;
/** Tags around a whole snapshot, which leave its query as it is. */
const SNAPSHOT = /\{%-?\s*(?:snapshot\s+\w+|endsnapshot)\s*-?%\}/g;

type Value = Environment['variables'] extends Map<string, infer V> ? V : never;

/** Jinja renders a name that nobody gave as nothing, which would be another query. */
class KnownNames extends Map<string, Value> {
  readonly unknown = new Set<string>();

  has(name: string): boolean {
    if (!super.has(name)) this.unknown.add(name);
    return super.has(name);
  }
}

/**
 * Renders the Jinja of a dbt project as a run of its production would that
 * builds everything anew: the loops, conditions, variables and macros of the
 * project itself. `ref` and `source` stay, for the one who resolves names.
 */
export class JinjaProject {
  readonly #macros: Map<string, string>;
  readonly #variables: Map<string, unknown>;

  private constructor(
    macros: Map<string, string>,
    variables: Map<string, unknown>,
  ) {
    this.#macros = macros;
    this.#variables = variables;
  }

  static read(files: readonly SourceFile[]): JinjaProject {
    const macros = files
      .filter(({ path }) => /\.sql$/i.test(path))
      .flatMap(({ content }) =>
        [...content.matchAll(MACRO)].map(
          match => [match[1], match[0]] as const,
        ),
      );
    const project = files.find(({ path }) =>
      /(^|\/)dbt_project\.ya?ml$/.test(path),
    );
    return new JinjaProject(
      new Map(macros),
      project ? readVariables(project.content) : new Map(),
    );
  }

  /**
   * @throws Error that says what of it cannot be rendered here: macros of
   * packages, names that only dbt knows
   */
  render(content: string): string {
    if (!/\{[{%#]/.test(content)) return content;
    const template = content.replace(SNAPSHOT, '');
    const source = [...this.#usedMacros(template), template].join('');
    const environment = new Environment();
    const names = new KnownNames();
    for (const [name, value] of Object.entries(this.#context())) {
      environment.set(name, value);
    }
    environment.variables.forEach((value, name) => names.set(name, value));
    environment.variables = names;
    const rendered = new Interpreter(environment).run(
      parse(tokenize(source, {})),
    ).value as string;
    if (names.unknown.size > 0) {
      throw new Error(`${[...names.unknown].join(', ')} is not known here`);
    }
    return rendered;
  }

  /** Those that a text calls, and those that they call: one that is not followed harms only who needs it. */
  #usedMacros(content: string): string[] {
    const used = new Set<string>();
    const add = (text: string) => {
      for (const [name, macro] of this.#macros) {
        if (!used.has(name) && new RegExp(`\\b${name}\\s*\\(`).test(text)) {
          used.add(name);
          add(macro);
        }
      }
    };
    add(content);
    return [...used]
      .map(name => this.#macros.get(name)!)
      .filter(macro => !content.includes(macro));
  }

  #context(): Record<string, unknown> {
    return {
      config: () => '',
      ref: (...names: unknown[]) => {
        const name = names.filter(each => typeof each === 'string').at(-1);
        return `{{ ref('${name}') }}`;
      },
      source: (source: unknown, table: unknown) =>
        `{{ source('${source}', '${table}') }}`,
      var: (name: string, fallback?: unknown) => {
        const value = this.#variables.get(name) ?? fallback;
        if (value === undefined) {
          throw new Error(`the variable ${name} has no value here`);
        }
        return value;
      },
      env_var: (name: string, fallback?: unknown) => {
        if (fallback === undefined) {
          throw new Error(`the environment's ${name} has no value here`);
        }
        return fallback;
      },
      is_incremental: () => false,
      range: (...given: number[]) => rangeOf(given),
      target: { name: 'prod', type: 'bigquery' },
      execute: false,
      true: true,
      false: false,
      True: true,
      False: false,
      none: null,
      None: null,
    };
  }
}

const LONGEST_RANGE = 10_000;

function rangeOf(given: number[]): number[] {
  const [from, to, step] =
    given.length === 1 ? [0, given[0], 1] : [given[0], given[1], given[2] ?? 1];
  const length = Math.max(0, Math.ceil((to - from) / step));
  if (!(length <= LONGEST_RANGE)) throw new Error('a range is too long');
  return Array.from({ length }, (_value, at) => from + at * step);
}

/** `vars` of the project, those under a project's name too. */
function readVariables(content: string): Map<string, unknown> {
  const variables = new Map<string, unknown>();
  const document = parseDocument(content);
  if (document.errors.length > 0) return variables;
  const add = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === 'object' && each && !Array.isArray(each)) add(each);
      variables.set(name, each);
    }
  };
  add((document.toJS({ maxAliasCount: 100 }) ?? {}).vars);
  return variables;
}
