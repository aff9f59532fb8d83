import { ColumnChange } from '../mapping/ColumnChange';
import { OldUse } from '../resolve/Binding';
import { ItemTarget } from '../resolve/Resolution';
import { ColumnRef, Item, Scope, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';

/** How a column of a query's output is renamed. */
export interface RenamedOutput {
  use: OldUse;
  change: Exclude<ColumnChange, { kind: 'keep' }>;
  table: TableRef;
  newName: string;
  /** Only some of the queries that it may come from rename it, or their types would differ: it cannot be followed. */
  split?: boolean;
}

const MAX_DEPTH = 50;

/** A name that the output takes or keeps: whether anybody sees it. */
export function namesOutput(ref: ColumnRef): boolean {
  const { item, scope, namesField } = ref;
  const role = scope.query?.role;
  return (
    namesField ||
    (item !== undefined &&
      (scope.asStruct ||
        (role !== 'value' && role !== 'exists' && role !== undefined)))
  );
}

/** Whether the queries of a set operation take what a scope gives by place. */
export const isTakenByPlace = ({ query }: Scope): boolean =>
  query !== undefined && query.combined && !query.branched;

/** Whether an item gives its column a new name, following bare items through queries. */
export function renamedOutput(
  analysis: Analysis,
  target: Pick<ItemTarget, 'item' | 'scope' | 'others' | 'mixed'>,
  depth = 0,
): RenamedOutput | undefined {
  if (depth > MAX_DEPTH) {
    return undefined;
  }
  const own = renamedItem(analysis, target, depth);
  if (own && target.mixed && own.change.kind !== 'rename') {
    return { ...own, split: true };
  }
  const all = [own];
  for (const other of target.others ?? []) {
    all.push(other && renamedOutput(analysis, other, depth + 1));
  }
  const isSplit = all.some(one => one?.newName !== own?.newName || one?.split);
  const some = all.find(one => one !== undefined);
  return isSplit && some ? { ...some, split: true } : own;
}

function renamedItem(
  analysis: Analysis,
  { item, scope }: Pick<ItemTarget, 'item' | 'scope'>,
  depth: number,
): RenamedOutput | undefined {
  if (item.alias) {
    return followedAlias(analysis, item, scope, depth);
  }
  return item.bare && namesOutput(item.bare)
    ? renamedRef(analysis, item.bare, depth)
    : undefined;
}

function renamedRef(
  analysis: Analysis,
  ref: ColumnRef,
  depth: number,
): RenamedOutput | undefined {
  if (!analysis.session.renamesIn(ref.scope.statement)) {
    return undefined;
  }
  const inner = analysis.resolver.resolve(ref);
  if (inner.kind === 'item' && inner.source && inner.item !== ref.item) {
    return renamedOutput(analysis, inner, depth + 1);
  }
  if (inner.kind !== 'column') {
    return undefined;
  }
  const use = analysis.old(inner.table);
  const change = use?.mapping.change(inner.path);
  if (!use || !change || change.kind === 'keep' || !change.to) {
    return undefined;
  }
  if (change.kind !== 'rename' && isTakenByPlace(ref.scope)) {
    return undefined;
  }
  const newName = change.to[change.to.length - 1];
  return { use, change, table: inner.table, newName };
}

/**
 * An alias that is like the old name of a column that its expression reads,
 * where such names follow: `MAX(user_id) AS user_id`.
 */
export function followedAlias(
  analysis: Analysis,
  item: Item,
  scope: Scope,
  depth = 0,
): RenamedOutput | undefined {
  const { options } = analysis.session;
  const renames = analysis.session.renamesIn(scope.statement);
  const alias = item.alias?.value?.toLowerCase();
  if (!renames || options.localNames !== 'follow' || alias === undefined) {
    return undefined;
  }
  const known = analysis.aliases.get(item);
  if (known !== undefined) {
    return known ?? undefined;
  }
  analysis.aliases.set(item, null);
  for (const ref of scope.refs) {
    const last = ref.parts[ref.parts.length - 1];
    const inside = ref.start >= item.start && ref.end <= item.end;
    if (inside && last.value?.toLowerCase() === alias) {
      const renamed = renamedRef(analysis, ref, depth + 1);
      if (renamed && renamed.change.kind === 'rename') {
        analysis.aliases.set(item, renamed);
        return renamed;
      }
    }
  }
  return undefined;
}
