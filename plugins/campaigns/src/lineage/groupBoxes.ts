import { LineageWalk } from './walkLineage';
import { BareNode, Grouping, PictureBox, PictureView } from './types';
import { VisibleLineage } from './visibleLineage';

/** Fewer are no easier to read as one. */
const leastMembers = 3;

/** A box that has no place yet. */
export type UnplacedBox = Omit<PictureBox, 'x' | 'y'>;

/**
 * What is shown as boxes: one for each node, or one for all of a team or
 * framework at the same distance from the root. A dataset goes with the job
 * that it was reached from.
 */
export function groupBoxes(
  nodes: ReadonlyMap<string, BareNode>,
  walk: LineageWalk,
  visible: VisibleLineage,
  view: PictureView,
): UnplacedBox[] {
  const groups = new Map<string, string[]>();
  for (const id of visible.shown) {
    const group = groupOf(id, nodes, walk, view);
    if (group === undefined) continue;
    const members = groups.get(group.id);
    if (members) members.push(id);
    else groups.set(group.id, [id]);
  }

  const boxes = new Map<string, UnplacedBox>();
  for (const id of visible.shown) {
    const group = groupOf(id, nodes, walk, view);
    const members = group && groups.get(group.id)!;
    const grouped = members !== undefined && members.length >= leastMembers;
    const collapsed = grouped && !view.openedGroups.has(group!.id);
    const boxId = collapsed ? group!.id : id;
    if (boxes.has(boxId)) continue;
    const all = collapsed ? members : [id];
    boxes.set(boxId, {
      id: boxId,
      kind: nodes.get(id)!.kind,
      column: walk.reached.get(id)!.column,
      members: all,
      groupKey: collapsed ? group!.key : undefined,
      memberOf: grouped && !collapsed ? group!.id : undefined,
      hidden: sum(all.map(each => visible.hiddenAfter.get(each) ?? 0)),
      open: all.some(each =>
        walk.farther(each).some(next => visible.shown.has(next)),
      ),
      passedBy:
        view.matched !== undefined &&
        !all.some(each => view.matched!.has(each)),
    });
  }
  return [...boxes.values()];
}

function groupOf(
  id: string,
  nodes: ReadonlyMap<string, BareNode>,
  walk: LineageWalk,
  { grouping, revealed }: PictureView,
): { id: string; key: string } | undefined {
  const { column, parent } = walk.reached.get(id)!;
  if (grouping === 'none' || parent === undefined || revealed.has(id)) {
    return undefined;
  }
  const node = nodes.get(id)!;
  const job = node.kind === 'job' ? node : nodes.get(parent)!;
  const key = keyOf(job, grouping);
  return { id: `${grouping}/${column}/${node.kind}/${key}`, key };
}

function keyOf(job: BareNode, grouping: Grouping): string {
  return (grouping === 'team' ? job.ownerRef : job.framework) ?? '';
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
