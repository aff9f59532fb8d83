import { Query, Scope, Source, Star, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';

/** The deprecated tables whose changed columns a source passes on through stars, with the names of those columns. */
export function flowing(
  analysis: Analysis,
  source: Source,
  scope: Scope,
  depth = 0,
): Map<TableRef, Set<string>> {
  const flows = new Map<TableRef, Set<string>>();
  const query = analysis.resolver.queryOf(source, scope);
  if (query) {
    return queryFlows(analysis, query, depth);
  }
  const table = source.table;
  if (table) {
    const path = analysis.resolver.correlatedPath(source, scope);
    const use = path ? undefined : analysis.old(table);
    if (use?.mapping.hasChanges && !analysis.session.expanded.has(table)) {
      flows.set(
        table,
        new Set(
          use.mapping.table.unmappedColumns === 'refuse'
            ? ['*', ...use.mapping.changedRoots]
            : use.mapping.changedRoots,
        ),
      );
    }
  } else if (source.path) {
    const array = analysis.resolver.resolve(source.path);
    const use = array.kind === 'column' ? analysis.old(array.table) : undefined;
    if (array.kind === 'column' && use?.mapping.changesInside(array.path)) {
      flows.set(array.table, new Set([array.path.join('.')]));
    }
  }
  return flows;
}

/** What the stars of a query pass on, looked up once: stars of stars would cost more with each level. */
function queryFlows(
  analysis: Analysis,
  query: Query,
  depth: number,
): Map<TableRef, Set<string>> {
  const known = analysis.flows.get(query);
  if (known) {
    return known;
  }
  const flows = new Map<TableRef, Set<string>>();
  if (query.combined || depth > 50) {
    return flows;
  }
  analysis.flows.set(query, flows);
  for (const inner of query.scopes) {
    for (const { star } of inner.items) {
      if (star) {
        starFlows(analysis, star, inner, depth + 1).forEach((names, table) =>
          flows.set(table, names),
        );
      }
    }
  }
  return flows;
}

/** What a star passes on of deprecated tables, without what EXCEPT and REPLACE take out. */
export function starFlows(
  analysis: Analysis,
  star: Star,
  scope: Scope,
  depth = 0,
) {
  const flows = new Map<TableRef, Set<string>>();
  const taken = new Set([
    ...(star.except?.names ?? []).map(part => part.value?.toLowerCase()),
    ...star.replace.map(entry => entry.name.value?.toLowerCase()),
  ]);
  for (const source of analysis.resolver.starSources(star, scope)) {
    for (const [table, names] of flowing(analysis, source, scope, depth)) {
      const left = new Set([...names].filter(name => !taken.has(name)));
      if (left.size > 0) {
        flows.set(table, left);
      }
    }
  }
  return flows;
}
