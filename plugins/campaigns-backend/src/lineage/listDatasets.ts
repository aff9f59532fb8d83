import {
  LineageDataset,
  LineageDatasetJobs,
  LineageDatasetPage,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { listDatasetNodes } from '../database/operations/lineage/listDatasetNodes';
import { readNeighbours } from '../database/operations/lineage/readNeighbours';
import { readNodes } from '../database/operations/lineage/readNodes';
import { LineageNodeRow } from '../database/operations/lineage/tables';
import { toLineageNode } from './toLineageNode';

const DEFAULT_PAGE_SIZE = 200;
/** Jobs of one dataset that are named; a hub has thousands. */
const MAX_JOBS = 100;

/** All datasets that some source knows, by name, with the jobs next to them. */
export async function listDatasets(
  knex: Knex,
  request: { after?: string; limit?: number } = {},
): Promise<LineageDatasetPage> {
  const limit = request.limit ?? DEFAULT_PAGE_SIZE;
  const rows = await listDatasetNodes(knex, {
    after: request.after ?? '',
    limit,
  });
  if (rows.length === 0) return { items: [] };
  const ids = rows.map(row => row.id);
  const readBy = await jobsNextTo(knex, ids, 'downstream');
  const writtenBy = await jobsNextTo(knex, ids, 'upstream');
  const jobs = await readNodes(knex, [
    ...new Set(
      [...readBy.values(), ...writtenBy.values()].flatMap(set =>
        [...set].slice(0, MAX_JOBS),
      ),
    ),
  ]);
  return {
    items: rows.map((row): LineageDataset => {
      const { name, title, entityRef, ownerRef } = toLineageNode(row, 0);
      return {
        name,
        title,
        entityRef,
        ownerRef,
        readBy: describeJobs(readBy.get(row.id), jobs),
        writtenBy: describeJobs(writtenBy.get(row.id), jobs),
      };
    }),
    after: rows.length === limit ? rows[rows.length - 1].name : undefined,
  };
}

async function jobsNextTo(
  knex: Knex,
  ids: number[],
  direction: 'downstream' | 'upstream',
): Promise<Map<number, Set<number>>> {
  const jobs = new Map<number, Set<number>>();
  for (const edge of await readNeighbours(knex, ids, direction)) {
    const [dataset, job] =
      direction === 'downstream'
        ? [edge.from_node, edge.to_node]
        : [edge.to_node, edge.from_node];
    jobs.set(dataset, (jobs.get(dataset) ?? new Set()).add(job));
  }
  return jobs;
}

function describeJobs(
  ids: ReadonlySet<number> | undefined,
  jobs: ReadonlyMap<number, LineageNodeRow>,
): LineageDatasetJobs {
  const known = [...(ids ?? [])].flatMap(id => jobs.get(id) ?? []);
  return {
    total: ids?.size ?? 0,
    jobs: known.map(row => {
      const { name, title, entityRef, ownerRef, repository, path } =
        toLineageNode(row, 0);
      return { name, title, entityRef, ownerRef, repository, path };
    }),
  };
}
