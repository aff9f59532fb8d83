import { Knex } from 'knex';
import { jsonRows } from './jsonRows';
import { LineageColumnRow } from './tables';

/** What a source says of a column that a job reads, one row per witness. */
export type ColumnEdgeRow = Pick<
  LineageColumnRow,
  | 'job_node'
  | 'from_node'
  | 'from_column'
  | 'to_node'
  | 'to_column'
  | 'transformation'
  | 'provider'
  | 'last_seen'
> & {
  /** Milliseconds after which the provider's facts are stale; null for never. */
  stale_after: number | string | null;
};

/** Which columns of a dataset jobs read, and how; by job and column. */
export async function readColumnsOfJobs(
  knex: Knex,
  datasetId: number,
  jobIds: number[],
  limit: number,
): Promise<
  Array<Pick<ColumnEdgeRow, 'job_node' | 'from_column' | 'transformation'>>
> {
  if (jobIds.length === 0) return [];
  return visible(knex)
    .where('c.from_node', datasetId)
    .whereRaw(`c.job_node in (${jobIds.map(Number).join(',')})`)
    .distinct('c.job_node', 'c.from_column', 'c.transformation')
    .orderBy(['c.job_node', 'c.from_column', 'c.transformation'])
    .limit(limit);
}

/** Where columns go, in no order. */
export async function readColumnEdges(
  knex: Knex,
  columns: Array<{ nodeId: number; column: string }>,
  limit: number,
): Promise<ColumnEdgeRow[]> {
  const asked = jsonRows(
    knex,
    { node_id: 'integer', name: 'text' },
    columns.map(({ nodeId, column }) => [nodeId, column]),
  );
  return visible(knex)
    .join(knex.raw('? as r', [asked]), join =>
      join.on('r.node_id', 'c.from_node').andOn('r.name', 'c.from_column'),
    )
    .select(
      'c.job_node',
      'c.from_node',
      'c.from_column',
      'c.to_node',
      'c.to_column',
      'c.transformation',
      'c.provider',
      'c.last_seen',
      'p.stale_after',
    )
    .limit(limit);
}

function visible(knex: Knex): Knex.QueryBuilder {
  return knex('lineage_columns as c')
    .join('lineage_providers as p', 'p.id', 'c.provider')
    .whereRaw('c.first_generation <= p.generation')
    .whereRaw('c.last_generation >= p.generation');
}
