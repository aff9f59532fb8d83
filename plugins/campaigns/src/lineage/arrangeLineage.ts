import { groupBoxes } from './groupBoxes';
import { joinEdges } from './joinEdges';
import { layoutBoxes } from './layoutBoxes';
import { BareGraph, Picture, PictureView } from './types';
import { visibleLineage } from './visibleLineage';
import { walkLineage } from './walkLineage';

/** Prepares a graph once, to be arranged for one view after the other. */
export function arrangeLineage(
  graph: BareGraph,
): (view: PictureView) => Picture {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const walk = walkLineage(graph);
  return view => {
    const visible = visibleLineage(walk, graph.root, view);
    const boxes = groupBoxes(nodes, walk, visible, view);
    const edges = joinEdges(graph.edges, boxes, walk);
    const places = layoutBoxes(boxes, edges);
    return {
      boxes: boxes.map(box => ({ ...box, ...places.get(box.id)! })),
      edges,
    };
  };
}
