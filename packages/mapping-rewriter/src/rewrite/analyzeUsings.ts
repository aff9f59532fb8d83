import { ColumnChange } from '../mapping/ColumnChange';
import { NamePart, Scope, Source } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';

interface Side {
  source: Source;
  table: import('../sql/ast').TableRef;
  change: ColumnChange;
}

/** Rewrites or refuses the columns that USING names. */
export function analyzeUsings(analysis: Analysis, region: Region, scope: Scope): void {
  scope.sources.forEach((source, index) => {
    for (const name of source.using?.names ?? []) {
      analyzeName(analysis, region, scope, index, name);
    }
  });
}

/** A source that has the name as a changed column of a deprecated table. */
function sideOf(analysis: Analysis, scope: Scope, source: Source, name: NamePart): Side | undefined {
  const { has, target } = analysis.resolver.lookup(source, scope, name.value?.toLowerCase() ?? '');
  const use = target.kind === 'column' && has !== 'no' ? analysis.old(target.table) : undefined;
  if (!use || target.kind !== 'column') {
    return undefined;
  }
  const change = use.mapping.change(target.path);
  return change.kind === 'keep' ? undefined : { source, table: target.table, change };
}

function analyzeName(analysis: Analysis, region: Region, scope: Scope, index: number, name: NamePart): void {
  const right = sideOf(analysis, scope, scope.sources[index], name);
  const left = scope.sources.slice(0, index).flatMap(source => sideOf(analysis, scope, source, name) ?? []);
  const sides = [...left, ...(right ? [right] : [])];
  if (sides.length === 0) {
    return;
  }
  const [first] = sides;
  const newNames = new Set(
    sides.map(({ change }) => (change.kind === 'rename' && change.to.length === 1 ? change.to[0] : undefined)),
  );
  const [newName] = newNames;
  if (right && left.length === index && newNames.size === 1 && newName !== undefined) {
    const cause = first.change.kind === 'keep' ? '' : first.change.cause;
    analysis.edit(region, {
      start: name.start,
      end: name.end,
      newText: newName,
      kind: 'column',
      cause,
      reason: `${name.value} is now ${newName} on both sides`,
      confidence: 'certain',
    });
    return;
  }
  for (const side of sides) {
    const { change } = side;
    analysis.refuse(region, {
      start: name.start,
      end: name.end,
      kind: 'column',
      code: change.kind === 'refuse' ? change.code : 'ambiguous',
      reason:
        change.kind === 'refuse'
          ? change.reason
          : `USING joins by ${name.value}, which changes on one side only`,
      cause: change.kind === 'keep' ? undefined : change.cause,
      tables: [side.table],
    });
  }
}
