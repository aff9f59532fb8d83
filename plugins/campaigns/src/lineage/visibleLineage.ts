import {
  LineageEdge,
  LineageGraph,
  LineageNode,
} from '@skein/plugin-campaigns-common';

export interface VisibleLineage {
  nodes: LineageNode[];
  edges: LineageEdge[];
  /** Neighbours downstream that are not shown, by node. */
  hiddenAfter: ReadonlyMap<string, number>;
}

/**
 * The part of a lineage graph that is shown: everything within `depth` steps,
 * and what follows the nodes that a person has opened.
 */
export function visibleLineage(
  graph: Pick<LineageGraph, 'nodes' | 'edges'>,
  options: { depth: number; opened: ReadonlySet<string> },
): VisibleLineage {
  const downstream = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    downstream.set(from, [...(downstream.get(from) ?? []), to]);
  }
  const shown = new Set(
    graph.nodes
      .filter(({ depth }) => depth <= options.depth)
      .map(({ id }) => id),
  );
  const known = new Set(graph.nodes.map(({ id }) => id));
  const queue = [...options.opened].filter(id => shown.has(id));
  const opened = new Set<string>();
  while (queue.length > 0) {
    const id = queue.shift()!;
    if (opened.has(id)) continue;
    opened.add(id);
    for (const next of downstream.get(id) ?? []) {
      if (!known.has(next)) continue;
      shown.add(next);
      if (options.opened.has(next)) queue.push(next);
    }
  }
  const hiddenAfter = new Map<string, number>();
  for (const id of shown) {
    const hidden = (downstream.get(id) ?? []).filter(
      next => known.has(next) && !shown.has(next),
    ).length;
    if (hidden > 0) hiddenAfter.set(id, hidden);
  }
  return {
    nodes: graph.nodes.filter(({ id }) => shown.has(id)),
    edges: graph.edges.filter(
      ({ from, to }) => shown.has(from) && shown.has(to),
    ),
    hiddenAfter,
  };
}
