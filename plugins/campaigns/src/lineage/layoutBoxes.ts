import dagre from '@dagrejs/dagre';
import { UnplacedBox } from './groupBoxes';
import { layeredLayout } from './layeredLayout';
import { BareEdge } from './types';

export const boxWidth = 236;
export const boxHeight = 50;
const boxGap = 12;
const columnGap = 90;

/** Above this, untangling lines takes seconds, and no order of thousands is read as a whole. */
const mostUntangled = 300;

/** The top left corner of a box. */
export interface Place {
  x: number;
  y: number;
}

/** Places boxes in levels from left to right, as the data flows. */
export function layoutBoxes(
  boxes: UnplacedBox[],
  edges: BareEdge[],
): Map<string, Place> {
  if (boxes.length > mostUntangled || edges.length > 2 * mostUntangled) {
    return layeredLayout(boxes, edges, {
      width: boxWidth + columnGap,
      height: boxHeight + boxGap,
    });
  }
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: boxGap, ranksep: columnGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of boxes) {
    graph.setNode(id, { width: boxWidth, height: boxHeight });
  }
  for (const { from, to } of edges) graph.setEdge(from, to);
  dagre.layout(graph);
  return new Map(
    boxes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return [id, { x: x - boxWidth / 2, y: y - boxHeight / 2 }];
    }),
  );
}
