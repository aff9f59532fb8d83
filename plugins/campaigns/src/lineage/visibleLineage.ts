import {
  LineageEdge,
  LineageGraph,
  LineageNode,
} from '@skein/plugin-campaigns-common';

export interface VisibleLineage {
  nodes: LineageNode[];
  edges: LineageEdge[];
  /** Neighbours farther from the root that are not shown, by node. */
  hiddenAfter: ReadonlyMap<string, number>;
}

export interface VisibleOptions {
  /** Steps from the root that are shown before anything is opened. */
  depth: number;
  /** Neighbours of one node that are shown before it is opened. */
  fanOut: number;
  /** Nodes that a person has opened: all their neighbours are shown. */
  opened: ReadonlySet<string>;
}

/**
 * The part of a lineage graph that is shown: what is near the root, a few
 * neighbours of each node, and all neighbours of those that were opened.
 */
export function visibleLineage(
  graph: Pick<LineageGraph, 'nodes' | 'edges' | 'root'>,
  options: VisibleOptions,
): VisibleLineage {
  const root = graph.root?.id;
  const neighbours = neighboursOf(graph.nodes, graph.edges);
  const steps = stepsFrom(root, neighbours);
  const farther = (id: string) =>
    (neighbours.get(id) ?? []).filter(
      next => (steps.get(next) ?? 0) > (steps.get(id) ?? 0),
    );

  const shown = new Set(
    root === undefined ? graph.nodes.map(({ id }) => id) : [root],
  );
  // A set is walked in the order in which it grows.
  for (const id of shown) {
    const near = (steps.get(id) ?? 0) < options.depth;
    const usual = near ? options.fanOut : 0;
    const most = options.opened.has(id) ? Infinity : usual;
    for (const next of farther(id).slice(0, most)) shown.add(next);
  }

  const hiddenAfter = new Map<string, number>();
  for (const id of shown) {
    const hidden = farther(id).filter(next => !shown.has(next)).length;
    if (hidden > 0) hiddenAfter.set(id, hidden);
  }
  return {
    nodes: graph.nodes.filter(({ id }) => shown.has(id)),
    edges: withoutReturns(graph.edges, steps).filter(
      ({ from, to }) => shown.has(from) && shown.has(to),
    ),
    hiddenAfter,
  };
}

/**
 * Leaves out the way back where two nodes feed each other, as a project does
 * that reads the tables it writes: one line tells as much.
 */
function withoutReturns(
  edges: LineageEdge[],
  steps: ReadonlyMap<string, number>,
): LineageEdge[] {
  const pairs = new Set(edges.map(({ from, to }) => `${from}\n${to}`));
  return edges.filter(
    ({ from, to }) =>
      from !== to &&
      ((steps.get(from) ?? 0) <= (steps.get(to) ?? 0) ||
        !pairs.has(`${to}\n${from}`)),
  );
}

/** Up- and downstream neighbours of each node. */
function neighboursOf(
  nodes: LineageNode[],
  edges: LineageEdge[],
): Map<string, string[]> {
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { from, to } of edges) {
    if (!neighbours.has(from) || !neighbours.has(to)) continue;
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  return neighbours;
}

/** Edges between each node and the root; a node's own `depth` counts jobs alone. */
function stepsFrom(
  root: string | undefined,
  neighbours: ReadonlyMap<string, string[]>,
): Map<string, number> {
  const steps = new Map<string, number>();
  if (root === undefined) return steps;
  steps.set(root, 0);
  for (const [id, step] of steps) {
    for (const next of neighbours.get(id) ?? []) {
      if (!steps.has(next)) steps.set(next, step + 1);
    }
  }
  return steps;
}
