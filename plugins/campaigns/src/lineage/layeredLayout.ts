import { UnplacedBox } from './groupBoxes';
import { BareEdge } from './types';

/** From one box to the next, gaps included. */
export interface Grid {
  width: number;
  height: number;
}

/**
 * Places boxes in columns by their distance from the root, those of a column in
 * the order of what they were reached from, in a time that grows with their
 * number alone: what serves thousands, which a person scrolls rather than reads
 * as a whole.
 *
 * @returns the top left corner of each box
 */
export function layeredLayout(
  boxes: UnplacedBox[],
  edges: BareEdge[],
  grid: Grid,
): Map<string, { x: number; y: number }> {
  const columns = new Map<number, string[]>();
  const columnOf = new Map<string, number>();
  for (const { id, column } of boxes) {
    columnOf.set(id, column);
    const ids = columns.get(column);
    if (ids) ids.push(id);
    else columns.set(column, [id]);
  }

  const inner = innerNeighbours(edges, columnOf);
  const rankOf = new Map<string, number>();
  const places = new Map<string, { x: number; y: number }>();
  const outward = [...columns.keys()].sort((a, b) => Math.abs(a) - Math.abs(b));
  for (const column of outward) {
    const ids = columns.get(column)!;
    const wished = new Map(
      ids.map(id => [id, middle(inner.get(id) ?? [], rankOf)]),
    );
    // Sorting is stable: those with one wish stay in the order they came in.
    ids.sort((a, b) => wished.get(a)! - wished.get(b)!);
    ids.forEach((id, index) => {
      const rank = index - (ids.length - 1) / 2;
      rankOf.set(id, rank);
      places.set(id, { x: column * grid.width, y: rank * grid.height });
    });
  }
  return places;
}

/** Neighbours in columns nearer to the root, which have their rank already. */
function innerNeighbours(
  edges: BareEdge[],
  columnOf: ReadonlyMap<string, number>,
): Map<string, string[]> {
  const inner = new Map<string, string[]>();
  const add = (id: string, neighbour: string) => {
    const nearer =
      Math.abs(columnOf.get(neighbour)!) < Math.abs(columnOf.get(id)!);
    if (!nearer) return;
    const known = inner.get(id);
    if (known) known.push(neighbour);
    else inner.set(id, [neighbour]);
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return inner;
}

function middle(ids: string[], rankOf: ReadonlyMap<string, number>): number {
  if (ids.length === 0) return 0;
  return ids.reduce((sum, id) => sum + rankOf.get(id)!, 0) / ids.length;
}
