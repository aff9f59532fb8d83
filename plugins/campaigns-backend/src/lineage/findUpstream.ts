import { Knex } from 'knex';
import { findNode } from '../database/operations/lineage/findNode';
import { readNeighbours } from '../database/operations/lineage/readNeighbours';
import { readNodes } from '../database/operations/lineage/readNodes';
import { traverseLineage } from './traverseLineage';

/** A successor is built from a few tables; what is further away than this makes no circle that anybody saw. */
const DEPTH_JOBS = 20;
const MOST_NODES = 2_000;

/**
 * What datasets are built from, as far as the lineage store knows: the name of
 * each dataset on the way, with those that the jobs that write it read.
 */
export async function findUpstream(
  knex: Knex,
  datasets: string[],
): Promise<Record<string, string[]>> {
  const upstream = new Map<string, Set<string>>();
  for (const dataset of new Set(datasets)) {
    const root = await findNode(knex, dataset);
    if (!root) continue;
    const { visited, edges } = await traverseLineage({
      root,
      direction: 'upstream',
      depth: DEPTH_JOBS,
      limit: MOST_NODES,
      readNeighbours: (ids, where) => readNeighbours(knex, ids, where),
    });
    const nodes = await readNodes(knex, [...visited.keys()]);
    const readBy = new Map<number, number[]>();
    for (const { from_node: from, to_node: to } of edges) {
      if (nodes.get(to)?.kind === 'job') {
        readBy.set(to, [...(readBy.get(to) ?? []), from]);
      }
    }
    for (const { from_node: job, to_node: written } of edges) {
      const node = nodes.get(written);
      if (node?.kind !== 'dataset') continue;
      const names = upstream.get(node.name) ?? new Set();
      upstream.set(node.name, names);
      for (const id of readBy.get(job) ?? []) {
        const read = nodes.get(id);
        if (read) names.add(read.name);
      }
    }
  }
  return Object.fromEntries(
    [...upstream].map(([name, names]) => [name, [...names].sort()]),
  );
}
