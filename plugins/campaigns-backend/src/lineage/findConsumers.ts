import { LineageNode } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { findNode } from '../database/operations/lineage/findNode';
import { readNeighbours } from '../database/operations/lineage/readNeighbours';
import { readNodes } from '../database/operations/lineage/readNodes';
import { toLineageNode } from './toLineageNode';
import { pathTo, traverseLineage } from './traverseLineage';

/** A job that reads a dataset, directly or through others, and how. */
export interface LineageConsumer {
  /** The job; its `depth` is 1 for a direct consumer. */
  node: LineageNode;
  /** The nodes of one shortest path, from the dataset to the job, both included. */
  path: LineageNode[];
  /** Providers that witness the edges of the path. */
  providers: string[];
}

/** The consumers of a dataset. */
export interface LineageConsumers {
  /** The dataset; undefined where no source knows it. */
  root?: LineageNode;
  /** Nearest first. */
  consumers: LineageConsumer[];
  truncated: boolean;
}

/** All consumers of a dataset to a depth, each with one shortest path. */
export async function findConsumers(
  knex: Knex,
  query: { dataset: string; depth: number; limit?: number },
): Promise<LineageConsumers> {
  const root = await findNode(knex, query.dataset);
  if (!root) return { consumers: [], truncated: false };

  const traversal = await traverseLineage({
    root,
    direction: 'downstream',
    depth: query.depth,
    limit: query.limit ?? 50_000,
    jobsOnly: true,
    readNeighbours: (ids, direction) => readNeighbours(knex, ids, direction),
  });
  const rows = await readNodes(knex, [...traversal.visited.keys()]);
  const nodes = new Map<number, LineageNode>();
  for (const { id, depth } of traversal.visited.values()) {
    const row = rows.get(id);
    if (row) nodes.set(id, toLineageNode(row, depth));
  }
  // By the node that a path comes to: all paths come to it by one edge.
  const providers = new Map<number, string[]>();
  for (const { from_node: from, to_node: to, provider } of traversal.edges) {
    if (traversal.visited.get(to)?.parent !== from) continue;
    const known = providers.get(to);
    if (known) known.push(provider);
    else providers.set(to, [provider]);
  }

  const consumers: LineageConsumer[] = [];
  for (const { id, depth } of traversal.visited.values()) {
    const node = nodes.get(id);
    if (!node || node.kind !== 'job' || depth === 0) continue;
    const ids = pathTo(traversal, id);
    const path = ids.map(each => nodes.get(each));
    // A node that went while we were reading takes what lies behind it along.
    if (path.includes(undefined)) continue;
    const witnesses = ids.flatMap(each => providers.get(each) ?? []);
    consumers.push({
      node,
      path: path as LineageNode[],
      providers: [...new Set(witnesses)].sort(),
    });
  }
  return {
    root: nodes.get(root.id),
    consumers,
    truncated: traversal.truncated,
  };
}
