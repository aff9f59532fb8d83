import { schemaOf } from '../mapping/schemaOf';
import { Scope, Source } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';

/** Top-level columns of a source before and after, lower case; undefined where they are not known. */
function columnsOf(
  analysis: Analysis,
  scope: Scope,
  source: Source,
): { before: Set<string>; after: Set<string> } | undefined {
  if (!source.table || analysis.resolver.queryOf(source, scope)) {
    return undefined;
  }
  const roots = (schema: Record<string, string> | undefined) =>
    schema &&
    new Set(Object.keys(schema).map(name => name.split('.')[0].toLowerCase()));
  const mapping = analysis.old(source.table)?.mapping;
  const { schemas } = analysis.session.options;
  const before = roots(
    mapping
      ? mapping.oldSchema
      : schemaOf(
          schemas,
          analysis.session.bindingOf(source.table)?.dataset ?? '',
        ),
  );
  const after = mapping ? roots(mapping.newSchema) : before;
  return before && after && { before, after };
}

/** The names by which sources are joined. */
function shared(sets: Set<string>[]): Set<string> {
  return new Set(
    sets.flatMap((set, i) =>
      [...set].filter(name =>
        sets.some((other, j) => i !== j && other.has(name)),
      ),
    ),
  );
}

/**
 * A natural join joins by whatever names the tables share: it stays the same
 * only where all columns are known, the same names are shared afterwards, and
 * none of them changes its values.
 */
export function analyzeNatural(
  analysis: Analysis,
  region: Region,
  scope: Scope,
): void {
  const uses = scope.sources.flatMap(source => {
    const use = source.table && analysis.old(source.table);
    return use ? [{ source, table: source.table!, use }] : [];
  });
  if (uses.length === 0 || !scope.sources.some(source => source.natural)) {
    return;
  }
  const known = scope.sources.map(source => columnsOf(analysis, scope, source));
  const sets = known.flatMap(columns => columns ?? []);
  const before = shared(sets.map(columns => columns.before));
  const after = shared(sets.map(columns => columns.after));
  const isSame =
    sets.length === scope.sources.length &&
    before.size === after.size &&
    [...before].every(
      name =>
        after.has(name) &&
        uses.every(({ use }) => use.mapping.change([name]).kind === 'keep'),
    );
  for (const { source, table, use } of isSame ? [] : uses) {
    analysis.refuse(region, {
      start: source.start,
      end: source.nameEnd,
      kind: use.kind,
      code: 'ambiguous',
      reason:
        sets.length === scope.sources.length
          ? 'a natural join joins by the names that the tables share, and those change'
          : 'a natural join joins by the names that the tables share, and not all columns are known',
      cause: use.cause,
      tables: [table],
    });
  }
}
