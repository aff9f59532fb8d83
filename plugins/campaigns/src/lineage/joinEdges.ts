import { LineageWalk } from './walkLineage';
import { BareEdge } from './types';
import { UnplacedBox } from './groupBoxes';

/**
 * Edges between boxes, each once. Where two boxes feed each other, as a project
 * does that reads the tables it writes, the way back is left out: one line
 * tells as much.
 */
export function joinEdges(
  edges: BareEdge[],
  boxes: UnplacedBox[],
  walk: LineageWalk,
): BareEdge[] {
  const boxOf = new Map<string, UnplacedBox>();
  for (const box of boxes) for (const id of box.members) boxOf.set(id, box);

  const joined = new Map<string, BareEdge>();
  for (const { from, to } of edges) {
    const [before, after] = [boxOf.get(from), boxOf.get(to)];
    if (!before || !after || before === after) continue;
    joined.set(keyOf(before.id, after.id), { from: before.id, to: after.id });
  }
  const distance = new Map(
    boxes.map(({ id, members }) => [
      id,
      walk.reached.get(members[0])!.distance,
    ]),
  );
  return [...joined.values()].filter(
    ({ from, to }) =>
      distance.get(from)! <= distance.get(to)! || !joined.has(keyOf(to, from)),
  );
}

function keyOf(from: string, to: string): string {
  return `${from}\n${to}`;
}
