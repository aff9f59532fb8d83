import { LineageGraph } from '@skein/plugin-campaigns-common';

export interface LayeredOptions {
  nodeWidth: number;
  nodeHeight: number;
  /** Between nodes of one column. */
  nodeGap: number;
  /** Between columns. */
  columnGap: number;
}

/**
 * Places nodes in columns by their steps from the root, each near what it was
 * reached from, in a time that grows with the graph's size alone: what serves
 * a large graph, which a person scrolls rather than reads as a whole.
 *
 * @returns the top left corner of each node
 */
export function layeredLayout(
  graph: Pick<LineageGraph, 'nodes' | 'edges'>,
  root: string | undefined,
  options: LayeredOptions,
): Map<string, { x: number; y: number }> {
  const positions = new Map<string, { x: number; y: number }>();
  const height = options.nodeHeight + options.nodeGap;
  const width = options.nodeWidth + options.columnGap;
  for (const [column, ids] of columnsOf(graph, root)) {
    ids.forEach((id, index) =>
      positions.set(id, {
        x: column * width,
        y: (index - (ids.length - 1) / 2) * height,
      }),
    );
  }
  return positions;
}

/** Ids by column; those of one column in the order in which they were reached. */
function columnsOf(
  { nodes, edges }: Pick<LineageGraph, 'nodes' | 'edges'>,
  root: string | undefined,
): Map<number, string[]> {
  const known = new Map<string, Array<{ id: string; step: number }>>(
    nodes.map(({ id }) => [id, []]),
  );
  for (const { from, to } of edges) {
    if (!known.has(from) || !known.has(to)) continue;
    known.get(from)?.push({ id: to, step: 1 });
    known.get(to)?.push({ id: from, step: -1 });
  }

  const columnOf = new Map<string, number>();
  const starts = [...(root === undefined ? [] : [root]), ...known.keys()];
  for (const start of starts) {
    if (columnOf.has(start) || !known.has(start)) continue;
    const reached = new Set([start]);
    columnOf.set(start, 0);
    // A set is walked in the order in which it grows.
    for (const id of reached) {
      for (const next of known.get(id) ?? []) {
        if (columnOf.has(next.id)) continue;
        columnOf.set(next.id, (columnOf.get(id) ?? 0) + next.step);
        reached.add(next.id);
      }
    }
  }

  const columns = new Map<number, string[]>();
  for (const [id, column] of columnOf) {
    const ids = columns.get(column);
    if (ids) ids.push(id);
    else columns.set(column, [id]);
  }
  return columns;
}
