import dagre from '@dagrejs/dagre';
import { LineageGraph } from '@skein/plugin-campaigns-common';
import { layeredLayout } from './layeredLayout';

export const nodeWidth = 236;
export const nodeHeight = 50;
const nodeGap = 12;
const columnGap = 90;

/** Above this, untangling lines would hold up the page: seconds for thousands. */
const mostUntangled = 100;

export interface NodePosition {
  /** Top left corner. */
  x: number;
  y: number;
}

/** Places nodes in levels from left to right, as the data flows. */
export function layoutLineage(
  graph: Pick<LineageGraph, 'nodes' | 'edges'>,
  root?: string,
): Map<string, NodePosition> {
  if (graph.nodes.length > mostUntangled) {
    return layeredLayout(graph, root, {
      nodeWidth,
      nodeHeight,
      nodeGap,
      columnGap,
    });
  }
  const placed = new dagre.graphlib.Graph();
  placed.setGraph({ rankdir: 'LR', nodesep: nodeGap, ranksep: columnGap });
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
