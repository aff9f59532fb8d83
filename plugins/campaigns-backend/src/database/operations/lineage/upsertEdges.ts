import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { jsonRows } from './jsonRows';
import { LineageEdgeRow, LineageRead } from './tables';

/** An edge as a source tells it. */
export type EdgeFact = Pick<
  LineageEdgeRow,
  'from_node' | 'to_node' | 'confidence'
> & {
  /** When it was true, in epoch milliseconds. Default: now. */
  last_seen?: number;
};

/**
 * Writes edges of a read. A new edge stays invisible, and one that was visible
 * stays so, until the read is published: what was not visible when the read
 * began has been removed. No edge may occur twice in `edges`.
 */
export async function upsertEdges(
  tx: Knex,
  read: LineageRead,
  edges: EdgeFact[],
): Promise<void> {
  if (edges.length === 0) return;
  const rows = jsonRows(
    tx,
    {
      from_node: 'integer',
      to_node: 'integer',
      confidence: 'text',
      seen: 'bigint',
    },
    edges.map(edge => [
      edge.from_node,
      edge.to_node,
      edge.confidence,
      edge.last_seen ?? null,
    ]),
  );
  // The same edge may come in two batches of one read: the surer one wins.
  await tx.raw(
    `insert into lineage_edges
       (from_node, to_node, provider, confidence, last_seen,
        first_generation, last_generation)
     select from_node, to_node, ?, confidence, coalesce(seen, ?), ?, ?
       from ? as r where true
     on conflict (from_node, to_node, provider) do update set
       confidence = case
         when lineage_edges.last_generation = excluded.last_generation
           and lineage_edges.confidence = 'certain'
         then 'certain' else excluded.confidence end,
       last_seen = case when lineage_edges.last_seen > excluded.last_seen
         then lineage_edges.last_seen else excluded.last_seen end,
       last_generation = excluded.last_generation
     where lineage_edges.last_seen < excluded.last_seen
       or lineage_edges.last_generation < excluded.last_generation
       or lineage_edges.confidence <> excluded.confidence`,
    [
      tx.raw('cast(? as text)', [read.provider]),
      databaseNow(tx),
      tx.raw('cast(? as integer)', [read.attempt]),
      tx.raw('cast(? as integer)', [read.attempt]),
      rows,
    ],
  );
}
