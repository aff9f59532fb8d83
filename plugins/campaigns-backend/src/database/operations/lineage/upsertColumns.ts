import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { jsonRows } from './jsonRows';
import { LineageColumnRow, LineageRead } from './tables';

/** A column that a job reads, as a source tells it. */
export type ColumnFact = Pick<
  LineageColumnRow,
  | 'job_node'
  | 'from_node'
  | 'from_column'
  | 'to_node'
  | 'to_column'
  | 'transformation'
> & {
  /** When it was true, in epoch milliseconds. Default: now. */
  last_seen?: number;
};

/** Writes what a source says of columns, invisible and visible as `upsertEdges` has it. */
export async function upsertColumns(
  tx: Knex,
  { provider, attempt }: LineageRead,
  columns: ColumnFact[],
): Promise<void> {
  if (columns.length === 0) return;
  const rows = jsonRows(
    tx,
    {
      job_node: 'integer',
      from_node: 'integer',
      from_column: 'text',
      to_node: 'integer',
      to_column: 'text',
      transformation: 'text',
      seen: 'bigint',
    },
    newestOfEach(columns).map(column => [
      column.job_node,
      column.from_node,
      column.from_column,
      column.to_node,
      column.to_column,
      column.transformation,
      column.last_seen ?? null,
    ]),
  );
  await tx.raw(
    `insert into lineage_columns
       (job_node, from_node, from_column, to_node, to_column, transformation,
        provider, last_seen, first_generation, last_generation)
     select job_node, from_node, from_column, to_node, to_column,
       transformation, ?, coalesce(seen, ?), ?, ? from ? as r where true
     on conflict (from_node, from_column, job_node, to_node, to_column,
       transformation, provider) do update set
       last_seen = case when lineage_columns.last_seen > excluded.last_seen
         then lineage_columns.last_seen else excluded.last_seen end,
       last_generation = excluded.last_generation
     where lineage_columns.last_seen < excluded.last_seen
       or lineage_columns.last_generation < excluded.last_generation`,
    [
      tx.raw('cast(? as text)', [provider]),
      databaseNow(tx),
      tx.raw('cast(? as integer)', [attempt]),
      tx.raw('cast(? as integer)', [attempt]),
      rows,
    ],
  );
}

/** Several names of one node make the same row, and a statement may write it once. */
function newestOfEach(columns: ColumnFact[]): ColumnFact[] {
  const newest = new Map<string, ColumnFact>();
  for (const column of columns) {
    const { last_seen: seen, ...rest } = column;
    const key = Object.values(rest).join('\n');
    if ((newest.get(key)?.last_seen ?? -1) < (seen ?? 0)) {
      newest.set(key, column);
    }
  }
  return [...newest.values()];
}
