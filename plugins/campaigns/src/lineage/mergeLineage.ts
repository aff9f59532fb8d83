import { LineageGraph, LineageNode } from '@skein/plugin-campaigns-common';

/**
 * A graph with what was found beyond one of its nodes, whose steps go on from
 * there. What is known already stays as it is; the summary stays that of the
 * first question.
 */
export function mergeLineage(
  graph: LineageGraph,
  beyond: LineageGraph,
  from: LineageNode,
): LineageGraph {
  const known = new Set(graph.nodes.map(({ id }) => id));
  const edges = new Set(graph.edges.map(keyOf));
  return {
    ...graph,
    nodes: [
      ...graph.nodes,
      ...beyond.nodes
        .filter(({ id }) => !known.has(id))
        .map(node => ({ ...node, depth: node.depth + from.depth })),
    ],
    edges: [
      ...graph.edges,
      ...beyond.edges.filter(edge => !edges.has(keyOf(edge))),
    ],
    truncated: graph.truncated || beyond.truncated,
  };
}

function keyOf({ from, to }: { from: string; to: string }): string {
  return `${from}\n${to}`;
}
