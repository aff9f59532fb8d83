import { schemaOf } from '../mapping/schemaOf';
import { Resolution } from '../resolve/Resolution';
import { Resolver } from '../resolve/Resolver';
import { Region } from '../rewrite/Region';
import { Session } from '../rewrite/Session';
import { ColumnRef, Scope, Source } from '../sql/ast';
import { LineIndex } from '../text/LineIndex';
import { SqlFinding } from './types';

/** Statements that cannot be followed, and columns that no table of their query has. */
export function findUnknown(
  session: Session,
  resolver: Resolver,
  region: Region,
): SqlFinding[] {
  const lines = new LineIndex(region.content);
  const at = (offset: number) => lines.span(offset, offset).line;
  const findings: SqlFinding[] = region.tree.statements.flatMap(({ problem }) =>
    problem
      ? [
          {
            kind: 'unparsable' as const,
            file: region.file,
            line: at(problem.at),
            message: `the statement does not parse: ${problem.reason}`,
          },
        ]
      : [],
  );
  for (const scope of region.tree.scopes) {
    if (scope.kind !== 'select' || scope.statement.problem) continue;
    for (const ref of scope.refs) {
      const message = unknownColumn(session, resolver, ref);
      if (message) {
        findings.push({
          kind: 'unknown-column',
          file: region.file,
          line: at(ref.start),
          message,
        });
      }
    }
  }
  return findings;
}

function unknownColumn(
  session: Session,
  resolver: Resolver,
  ref: ColumnRef,
): string | undefined {
  const names = ref.parts.map(part => part.value);
  const [first] = names;
  const written = names.join('.');
  // Pseudo columns and what is computed are nobody's to know.
  if (first === undefined || names.includes(undefined) || /^_/.test(first)) {
    return undefined;
  }
  if (ref.clause === 'window' || written.endsWith('*')) return undefined;
  const resolution = resolver.resolve(ref);
  if (resolution.kind === 'column') {
    return unknownField(session, resolution, written);
  }
  if (resolution.kind !== 'none') return undefined;
  // In ORDER BY of a set operation names are those of its first query.
  if (ref.clause === 'order' && ref.scope.query?.combined) return undefined;
  const places = lookedIn(resolver, ref);
  const nowhere =
    places.length > 0 &&
    places.every(
      ({ scope, source, name }) =>
        resolver.lookup(source, scope, name).has === 'no',
    );
  return nowhere ? `no table of the query has a column ${written}` : undefined;
}

/** A field of a record that its schema lists, but not with this field. */
function unknownField(
  session: Session,
  resolution: Resolution & { kind: 'column' },
  written: string,
): string | undefined {
  const { path, table, sure } = resolution;
  const binding = session.bindingOf(table);
  if (!sure || !binding?.sure || path.length < 2) return undefined;
  const schema = schemaOf(session.options.schemas, binding.dataset);
  if (!schema) return undefined;
  const keys = Object.keys(schema).map(key => key.toLowerCase());
  const wanted = path.join('.').toLowerCase();
  const parent = wanted.slice(0, wanted.lastIndexOf('.'));
  const listsFields = keys.some(key => key.startsWith(`${parent}.`));
  const known = keys.some(
    key => key === wanted || key.startsWith(`${wanted}.`),
  );
  return listsFields && !known
    ? `no table of the query has a field ${written}`
    : undefined;
}

/** Where a name that leads nowhere was looked for. */
function lookedIn(
  resolver: Resolver,
  { parts, scope }: ColumnRef,
): Array<{ scope: Scope; source: Source; name: string }> {
  const lower = (index: number) => parts[index].value!.toLowerCase();
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const named = s.sources.find(
      source => resolver.aliasOf(source) === lower(0),
    );
    if (named) {
      return parts.length > 1
        ? [{ scope: s, source: named, name: lower(1) }]
        : [];
    }
  }
  const places: Array<{ scope: Scope; source: Source; name: string }> = [];
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const around = s;
    places.push(
      ...around.sources.map(source => ({
        scope: around,
        source,
        name: lower(0),
      })),
    );
  }
  return places;
}
