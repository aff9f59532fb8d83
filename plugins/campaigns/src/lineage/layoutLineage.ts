import dagre from '@dagrejs/dagre';
import { LineageGraph } from '@skein/plugin-campaigns-common';

export const nodeWidth = 236;
export const nodeHeight = 50;

export interface NodePosition {
  /** Top left corner. */
  x: number;
  y: number;
}

/** Places nodes in levels from left to right, as the data flows. */
export function layoutLineage(
  graph: Pick<LineageGraph, 'nodes' | 'edges'>,
): Map<string, NodePosition> {
  const placed = new dagre.graphlib.Graph();
  placed.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 90 });
  placed.setDefaultEdgeLabel(() => ({}));
  for (const { id } of graph.nodes) {
    placed.setNode(id, { width: nodeWidth, height: nodeHeight });
  }
  for (const { from, to } of graph.edges) {
    if (placed.hasNode(from) && placed.hasNode(to)) placed.setEdge(from, to);
  }
  dagre.layout(placed);
  return new Map(
    graph.nodes.map(({ id }) => {
      const { x, y } = placed.node(id);
      return [id, { x: x - nodeWidth / 2, y: y - nodeHeight / 2 }];
    }),
  );
}
