import { SourceFile } from '@skein/mapping-rewriter';
import { parseAllDocuments, ToJSOptions } from 'yaml';
import { TextCheck, TextProblem } from '../types';

/** A name in quotes and perhaps one more, whatever stands behind them: `v=2`. */
const CALL =
  /\b(ref|source)\(\s*(['"])([^'"\n]{1,300})\2\s*(?:,\s*(['"])([^'"\n]{1,300})\4\s*)?([,)])/g;
const SNAPSHOT = /\{%-?\s*snapshot\s+(\w+)/g;
const JINJA_COMMENT = /\{#[^]*?#\}/g;

/** YAML of a project that is parsed; more would take minutes. */
const TOTAL_CHARACTERS = 8 * 1024 ** 2;
/** Of one file; more say nothing new. */
const MAX_PROBLEMS = 200;

interface Names {
  /** Models, seeds, snapshots. */
  nodes: Set<string>;
  /** `source.table`. */
  sources: Set<string>;
}

/**
 * What `dbt parse` would find without dbt: every `ref()` names a model, seed
 * or snapshot, every `source()` is declared, and every model that YAML
 * describes is there.
 */
export const dbtReferencesCheck: TextCheck = {
  name: 'dbt refs and sources resolve',
  verifies: true,
  applies: files =>
    files.some(file => /(^|\/)dbt_project\.ya?ml$/.test(file.path)) &&
    !usesAbsentPackages(files),
  problems(files) {
    const yaml = readYaml(files);
    const names = { nodes: nodesOf(files), sources: sourcesOf(yaml) };
    return [
      ...files
        .filter(file => /\.(?:sql|md)$/.test(file.path))
        .flatMap(file => callProblems(file, names)),
      ...yaml.flatMap(file => describedProblems(file, names)),
    ];
  },
};

/** A name may then belong to a package that is not in the repository. */
function usesAbsentPackages(files: SourceFile[]): boolean {
  const declared = files.some(file =>
    /(^|\/)(packages|dependencies)\.ya?ml$/.test(file.path),
  );
  return (
    declared && !files.some(file => /(^|\/)dbt_packages\//.test(file.path))
  );
}

function nodesOf(files: SourceFile[]): Set<string> {
  const names = new Set<string>();
  for (const { path, content } of files) {
    const stem = /([^/]+)\.(?:sql|py|csv)$/.exec(path)?.[1];
    if (!stem) continue;
    names.add(stem);
    // A versioned model, `orders_v2`, is referred to as `orders`.
    names.add(stem.replace(/_v\d+$/, ''));
    for (const match of content.matchAll(SNAPSHOT)) names.add(match[1]);
  }
  return names;
}

interface YamlFile {
  path: string;
  content: string;
  /** The mappings at the top of its documents. */
  documents: Array<Record<string, unknown>>;
}

/** What cannot be parsed is the concern of another check. */
function readYaml(files: SourceFile[]): YamlFile[] {
  const yaml = files.filter(({ path }) => /\.ya?ml$/.test(path));
  const size = yaml.reduce((sum, { content }) => sum + content.length, 0);
  if (size > TOTAL_CHARACTERS) return [];
  return yaml.map(({ path, content }) => ({
    path,
    content,
    documents: parseAllDocuments(content, { prettyErrors: false }).flatMap(
      document => {
        if (document.errors.length > 0) return [];
        const value = valueOf(document);
        return isObject(value) ? [value] : [];
      },
    ),
  }));
}

function valueOf(document: { toJS(options: ToJSOptions): unknown }): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function sourcesOf(files: YamlFile[]): Set<string> {
  return new Set(
    files.flatMap(({ documents }) =>
      documents.flatMap(document =>
        named(document.sources).flatMap(source =>
          named(source.tables).map(table => `${source.name}.${table.name}`),
        ),
      ),
    ),
  );
}

function callProblems(
  { path, content }: SourceFile,
  { nodes, sources }: Names,
): TextProblem[] {
  // Of the same length, so that lines stay where they are.
  const code = content.replace(JINJA_COMMENT, comment =>
    comment.replace(/[^\n]/g, ' '),
  );
  const problems: TextProblem[] = [];
  for (const match of code.matchAll(CALL)) {
    const [, call, , first, , second] = match;
    const message =
      call === 'source'
        ? sourceProblem(sources, first, second)
        : refProblem(nodes, first, second);
    if (message) {
      const line = code.slice(0, match.index).split('\n').length;
      problems.push({ file: path, line, message });
    }
    if (problems.length >= MAX_PROBLEMS) break;
  }
  return problems;
}

function sourceProblem(
  sources: Set<string>,
  source: string,
  table: string | undefined,
): string | undefined {
  return table === undefined || sources.has(`${source}.${table}`)
    ? undefined
    : `source('${source}', '${table}') is declared nowhere`;
}

/** With two names the first is a package. */
function refProblem(
  nodes: Set<string>,
  name: string,
  second: string | undefined,
): string | undefined {
  return second !== undefined || nodes.has(name)
    ? undefined
    : `ref('${name}') names no model, seed or snapshot`;
}

/** dbt only warns of these, and a renamed model whose description stays behind is a mistake all the same. */
function describedProblems(
  { path, content, documents }: YamlFile,
  { nodes }: Names,
): TextProblem[] {
  const absent = documents.flatMap(document =>
    ['model', 'seed', 'snapshot'].flatMap(kind =>
      named(document[`${kind}s`])
        .filter(({ name }) => !nodes.has(name))
        .map(({ name }) => ({ kind, name })),
    ),
  );
  return absent.slice(0, MAX_PROBLEMS).map(({ kind, name }) => {
    const at = content.indexOf(name);
    return {
      file: path,
      ...(at >= 0 && { line: content.slice(0, at).split('\n').length }),
      message: `${kind} '${name}' is described and not there`,
    };
  });
}

function named(
  value: unknown,
): Array<Record<string, unknown> & { name: string }> {
  return Array.isArray(value)
    ? value.filter(
        (each): each is Record<string, unknown> & { name: string } =>
          isObject(each) && typeof each.name === 'string',
      )
    : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
