import { schemaOf } from '../mapping/schemaOf';
import { Resolver } from '../resolve/Resolver';
import { isCteName } from '../rewrite/isCteName';
import { readProject } from '../rewrite/readProject';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { LineIndex } from '../text/LineIndex';
import { MappingTable, RewriteOptions, SourceFile } from '../types';
import { findUnknown } from './findUnknown';
import { compareOutputs, outputsOf } from './outputsOf';
import { SqlFinding } from './types';

/** What a check of SQL goes by. @public */
export type SqlCheckOptions = Pick<
  RewriteOptions,
  'dialect' | 'defaultProject' | 'outputs' | 'schemas'
> & {
  /** Their old and new datasets are known. */
  mappings?: MappingTable[];
};

interface ReadProject {
  session: Session;
  resolver: Resolver;
}

/**
 * Looks at what a change made of the SQL of a project, by name resolution
 * against schemas: what is found is new, it was not there before.
 *
 * @param before - all text files of the project
 * @param after - the same after the change
 * @public
 */
export function checkSql(
  before: SourceFile[],
  after: SourceFile[],
  options: SqlCheckOptions = {},
): SqlFinding[] {
  const contents = new Map(before.map(file => [file.path, file.content]));
  const changed = new Set(
    after
      .filter(file => contents.get(file.path) !== file.content)
      .map(file => file.path),
  );
  if (changed.size === 0) return [];
  const old = read(before, options, changed);
  const now = read(after, options, changed);
  const known = knownTables(old, options);
  return [...changed].flatMap(path => {
    const findings = findingsIn(now, path);
    const counts = new Map<string, number>();
    for (const { message } of findingsIn(old, path)) {
      counts.set(message, (counts.get(message) ?? 0) + 1);
    }
    return [
      ...findings.filter(({ message }) => {
        const left = counts.get(message) ?? 0;
        counts.set(message, left - 1);
        return left <= 0;
      }),
      ...unknownTables(now, path, known),
      ...(options.outputs === 'rename' ? [] : changedOutputs(old, now, path)),
    ];
  });
}

function read(
  files: SourceFile[],
  { dialect, defaultProject, schemas }: SqlCheckOptions,
  wanted: Set<string>,
): ReadProject {
  const session = new Session(files, [], { dialect, defaultProject, schemas });
  readProject(session, true, path => wanted.has(path));
  return { session, resolver: session.resolver() };
}

function findingsIn({ session, resolver }: ReadProject, path: string) {
  return session
    .regionsOf(path)
    .flatMap(region => findUnknown(session, resolver, region));
}

/** Stored tables that the files read by a name that is sure. */
function tablesOf(
  { resolver, session }: ReadProject,
  region: Region,
): Array<{ dataset: string; start: number }> {
  return region.tree.tables.flatMap(table => {
    const binding = session.bindingOf(table);
    const source = table.scope?.sources.find(each => each.table === table);
    const isArray =
      source && table.scope && resolver.correlatedPath(source, table.scope);
    const plain =
      binding?.sure &&
      /^[^:]+\.[^:]+$/.test(binding.dataset) &&
      table.access === 'read' &&
      table.use === 'from' &&
      !isArray &&
      !table.statement.problem &&
      !isCteName(table);
    return plain ? [{ dataset: binding.dataset, start: table.start }] : [];
  });
}

function knownTables(
  old: ReadProject,
  { mappings = [], schemas }: SqlCheckOptions,
): (dataset: string) => boolean {
  const names = new Set(
    old.session.regions
      .flatMap(region => tablesOf(old, region))
      .map(({ dataset }) => dataset.toLowerCase()),
  );
  const mapped = mappings.flatMap(({ from, to }) => [from, to]).map(patternOf);
  return dataset => {
    const name = dataset.toLowerCase().replace(/[$@].*$/, '');
    return (
      names.has(dataset.toLowerCase()) ||
      schemaOf(schemas, name) !== undefined ||
      mapped.some(pattern => pattern.test(name))
    );
  };
}

/** A dataset with or without its project, and every shard of a wildcard table. */
function patternOf(dataset: string): RegExp {
  const [table, ...before] = dataset.toLowerCase().split(/[.:]/).reverse();
  const escaped = (text: string) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
  const [schema, project] = before.map(escaped);
  const shards = escaped(table).replace(/\*+$/, '[^.]*');
  const owner = project ? `(?:${project}\\.)?` : '(?:[^.]+\\.)?';
  return new RegExp(`^${owner}${schema ? `${schema}\\.` : ''}${shards}$`);
}

function unknownTables(
  now: ReadProject,
  path: string,
  known: (dataset: string) => boolean,
): SqlFinding[] {
  return now.session.regionsOf(path).flatMap(region => {
    const lines = new LineIndex(region.content);
    return tablesOf(now, region)
      .filter(({ dataset }) => !known(dataset))
      .map(({ dataset, start }) => ({
        kind: 'unknown-table' as const,
        file: path,
        line: lines.span(start, start).line,
        message: `${dataset} is read, which nothing read before and no schema knows`,
      }));
  });
}

/** Statements are compared by their order; where their number changed, nothing can be said. */
function changedOutputs(
  old: ReadProject,
  now: ReadProject,
  path: string,
): SqlFinding[] {
  const before = old.session.regionsOf(path);
  const after = now.session.regionsOf(path);
  if (before.length !== after.length) return [];
  return after.flatMap((region, index) => {
    const were = outputsOf(old.session, old.resolver, before[index]);
    const are = outputsOf(now.session, now.resolver, region);
    if (were.length !== are.length) return [];
    const starts = region.tree.queries
      .filter(query => query.role === 'top' && query.scopes.length > 0)
      .map(({ start }) => start);
    const lines = new LineIndex(region.content);
    return are.flatMap((columns, at) => {
      const past = were[at];
      return past && columns
        ? compareOutputs(past, columns).map(finding => ({
            ...finding,
            file: path,
            line: lines.span(starts[at], starts[at]).line,
          }))
        : [];
    });
  });
}
