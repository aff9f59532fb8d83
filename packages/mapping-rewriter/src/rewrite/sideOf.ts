import { ColumnChange } from '../mapping/ColumnChange';
import { CompiledTable } from '../mapping/CompiledTable';
import { ItemTarget } from '../resolve/Resolution';
import { NamePart, Scope, Source, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { renamedOutput } from './outputs';

/** A source that has a joined column which changes. */
export interface Side {
  source: Source;
  table: TableRef;
  mapping: CompiledTable;
  change: ColumnChange;
}

export const lower = (part: NamePart) => part.value?.toLowerCase() ?? '';

export function sideOf(
  analysis: Analysis,
  scope: Scope,
  source: Source,
  name: string,
): Side | undefined {
  const { has, target } = analysis.resolver.lookup(source, scope, name);
  if (has !== 'yes') {
    return undefined;
  }
  if (target.kind === 'item') {
    return renamedSide(analysis, source, target);
  }
  const use = target.kind === 'column' ? analysis.old(target.table) : undefined;
  if (!use || target.kind !== 'column') {
    return undefined;
  }
  const change = use.mapping.change(target.path);
  return change.kind === 'keep'
    ? undefined
    : { source, table: target.table, mapping: use.mapping, change };
}

/** A query's output that takes a new name on the way. */
function renamedSide(
  analysis: Analysis,
  source: Source,
  target: ItemTarget,
): Side | undefined {
  const renamed = analysis.session.renames
    ? renamedOutput(analysis, target)
    : undefined;
  if (!renamed?.change.line) {
    return undefined;
  }
  const { table, newName, use } = renamed;
  const { line, cause } = renamed.change;
  if (renamed.split) {
    const reason = `only some of the queries that it may come from rename ${newName}`;
    return {
      source,
      table,
      mapping: use.mapping,
      change: { kind: 'refuse', code: 'ambiguous', reason, cause },
    };
  }
  return {
    source,
    table,
    mapping: use.mapping,
    change: { kind: 'rename', to: [newName], line, cause },
  };
}

/** The leftmost source that a name joined by USING comes from; undefined where that cannot be told. */
export function providerOf(
  analysis: Analysis,
  scope: Scope,
  index: number,
  name: string,
): Source | undefined {
  const before = scope.sources.slice(0, index);
  const joinedBefore = before.findIndex(source =>
    source.using?.names.some(part => lower(part) === name),
  );
  if (joinedBefore > 0) {
    return providerOf(analysis, scope, joinedBefore, name);
  }
  if (before.length === 1) {
    return before[0];
  }
  const having = before.map(source => ({
    source,
    has: analysis.resolver.lookup(source, scope, name).has,
  }));
  const sure = having.filter(({ has }) => has === 'yes');
  return sure.length === 1 ? sure[0].source : undefined;
}
