import { LineageNode } from '@skein/plugin-campaigns-common';
import { shortEntityName } from '../format/words';
import { targetStateLabel } from '../states/targetStates';

/** Columns that a table of nodes can be sorted by. */
export type LineageSortField = 'title' | 'kind' | 'depth' | 'owner' | 'state';

/** By what, and which way. */
export interface LineageSort {
  field: LineageSortField;
  order: 'asc' | 'desc';
}

/** Nodes in order; those that are the same in it by their steps, then by name, consumers first. */
export function sortLineage(
  nodes: LineageNode[],
  { field, order }: LineageSort,
): LineageNode[] {
  // Made once for each node: making it in each comparison takes seconds for thousands.
  const keyed = nodes.map(node => ({ node, key: keyOf(node, field) }));
  const way = order === 'asc' ? 1 : -1;
  return keyed
    .sort(
      (a, b) =>
        way * compare(a.key, b.key) ||
        a.node.depth - b.node.depth ||
        // Consumers are what people come for.
        compare(b.node.kind, a.node.kind) ||
        compare(a.node.title, b.node.title),
    )
    .map(({ node }) => node);
}

/** Nodes that lack what is sorted by come last. */
const last = '\uffff';

function keyOf(node: LineageNode, field: LineageSortField): string | number {
  switch (field) {
    case 'depth':
      return node.depth;
    case 'kind':
      return node.kind === 'dataset' ? '' : node.framework ?? last;
    case 'owner':
      return node.ownerRef ? shortEntityName(node.ownerRef) : last;
    case 'state':
      return node.migration ? targetStateLabel(node.migration.state) : last;
    default:
      return node.title;
  }
}

/** By code points: `localeCompare` takes a hundred times as long. */
function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
