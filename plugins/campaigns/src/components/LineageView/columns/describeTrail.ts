import { LineageColumnGraph } from '@skein/plugin-campaigns-common';

/** One place that a column comes to. */
export interface TrailLine {
  key: string;
  /** The column and its dataset, or the dataset as a whole. */
  what: string;
  /** What is done on the way, and by which job. */
  how: string;
  /** In jobs from the column. */
  depth: number;
}

/** What becomes of a column, nearest first; where a job only reads it, that job alone. */
export function describeTrail(graph: LineageColumnGraph): TrailLine[] {
  const nodes = new Map(graph.nodes.map(node => [node.id, node]));
  const columns = new Map(graph.columns.map(column => [column.id, column]));
  const titleOf = (id: string) => nodes.get(id)?.title ?? '';
  return graph.edges
    .map(({ from, to, jobId, uses, stale }) => {
      const target = to === undefined ? undefined : columns.get(to);
      const words = [uses.join(', '), `by ${titleOf(jobId)}`];
      if (stale) words.push('may hold no more');
      return {
        key: `${from}\n${to ?? ''}\n${jobId}`,
        what: target ? nameOf(target, titleOf(target.nodeId)) : 'read',
        how: words.filter(word => word !== '').join(', '),
        depth: (columns.get(from)?.depth ?? 0) + 1,
      };
    })
    .sort((a, b) => a.depth - b.depth || a.what.localeCompare(b.what, 'en'));
}

function nameOf({ column }: { column?: string }, dataset: string): string {
  return column === undefined ? `all of ${dataset}` : `${dataset}.${column}`;
}
