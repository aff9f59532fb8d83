import { formatRepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { findNode } from '../database/operations/lineage/findNode';
import { readNeighbours } from '../database/operations/lineage/readNeighbours';
import { readNodes } from '../database/operations/lineage/readNodes';
import { LineageNodeRow } from '../database/operations/lineage/tables';
import { toLineageNode } from './toLineageNode';
import { topologicalLevels } from './topologicalLevels';
import { traverseLineage } from './traverseLineage';

/** More consumers than this are in no order. */
const LIMIT = 50_000;

/**
 * In which order the repositories that read datasets, directly or through
 * others, come in a rollout from upstream to downstream: 1 for those that need
 * none of the others, then those that read what these write, and so on.
 * Repositories that read from each other are on one level.
 *
 * @returns levels by `host/owner/name` in lower case; without those that lineage does not know
 */
export async function rolloutLevels(
  knex: Knex,
  query: { datasets: string[]; depth: number },
): Promise<Map<string, number>> {
  const edges = new Map<string, { from: number; to: number }>();
  const ids = new Set<number>();
  for (const dataset of query.datasets) {
    const root = await findNode(knex, dataset);
    if (!root) continue;
    const traversal = await traverseLineage({
      root,
      direction: 'downstream',
      depth: query.depth,
      limit: LIMIT,
      readNeighbours: (nodes, where) => readNeighbours(knex, nodes, where),
    });
    for (const id of traversal.visited.keys()) ids.add(id);
    for (const { from_node: from, to_node: to } of traversal.edges) {
      // What flows back into the dataset is no reason to wait.
      if (to !== root.id) edges.set(`${from} ${to}`, { from, to });
    }
  }
  const rows = await readNodes(knex, [...ids]);
  const placeOf = (id: number) => placeKey(rows.get(id), id);
  const levels = topologicalLevels(
    [...ids].map(placeOf),
    [...edges.values()].map(({ from, to }) => ({
      from: placeOf(from),
      to: placeOf(to),
    })),
    isJob,
  );
  return new Map(
    [...levels].flatMap(([key, level]) =>
      key.startsWith('repository ')
        ? [[key.slice('repository '.length), level]]
        : [],
    ),
  );
}

/** All jobs of a repository are one place: they are changed together. */
function placeKey(row: LineageNodeRow | undefined, id: number): string {
  if (row?.kind !== 'job') return `dataset ${id}`;
  const { repository } = toLineageNode(row, 0);
  return repository
    ? `repository ${formatRepositoryRef(repository).toLowerCase()}`
    : `job ${id}`;
}

function isJob(key: string): boolean {
  return !key.startsWith('dataset ');
}
