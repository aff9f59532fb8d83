import { LineageGraph } from '@skein/plugin-campaigns-common';
import { BareGraph } from './types';

/** What the worker needs of a graph, which is a tenth of it. */
export function toBareGraph(graph: LineageGraph): BareGraph {
  return {
    root: graph.root?.id,
    nodes: graph.nodes.map(({ id, kind, ownerRef, framework }) => ({
      id,
      kind,
      ownerRef,
      framework,
    })),
    edges: graph.edges.map(({ from, to }) => ({ from, to })),
  };
}
