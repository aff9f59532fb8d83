import { Knex } from 'knex';
import {
  DatedMetadata,
  lastSaid,
  mergeDated,
} from '../../../lineage/events/datedMetadata';
import { jsonRows } from './jsonRows';
import { LineageRead, LineageWitnessRow } from './tables';

/**
 * Adds what a source of events says of nodes to what it said before. The
 * caller holds the source's row, so that nobody else does the same now.
 *
 * @returns ids of the nodes of which it now says something else
 */
export async function mergeWitnesses(
  tx: Knex,
  { provider, attempt }: LineageRead,
  described: ReadonlyMap<number, DatedMetadata>,
): Promise<number[]> {
  if (described.size === 0) return [];
  const ids = [...described.keys()];
  const rows = await tx<LineageWitnessRow>('lineage_witnesses')
    .where({ provider })
    .whereRaw(`node_id in (${ids.map(Number).join(',')})`);
  const before = new Map(rows.map(row => [row.node_id, row.metadata]));
  const merged = ids.flatMap(id => {
    const old = before.get(id);
    const next = mergeDated(
      old ? JSON.parse(old) : { at: {} },
      described.get(id)!,
    );
    const text = JSON.stringify(next);
    const nothing = lastSaid(next) === 0;
    return nothing || text === old ? [] : [{ id, next, text, old }];
  });
  if (merged.length === 0) return [];
  const values = jsonRows(
    tx,
    { node_id: 'integer', metadata: 'text', seen: 'bigint' },
    merged.map(({ id, next, text }) => [id, text, lastSaid(next)]),
  );
  await tx.raw(
    `insert into lineage_witnesses
       (node_id, provider, metadata, first_generation, last_generation, last_seen)
     select node_id, ?, metadata, ?, ?, seen from ? as r where true
     on conflict (node_id, provider) do update set
       metadata = excluded.metadata,
       last_seen = excluded.last_seen`,
    [
      tx.raw('cast(? as text)', [provider]),
      tx.raw('cast(? as integer)', [attempt]),
      tx.raw('cast(? as integer)', [attempt]),
      values,
    ],
  );
  return merged
    .filter(({ next, old }) => !old || !saysTheSame(JSON.parse(old), next))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

/** Said again later, it is no news to the node. */
function saysTheSame(a: DatedMetadata, b: DatedMetadata): boolean {
  return (
    JSON.stringify({ ...a, at: undefined }) ===
    JSON.stringify({ ...b, at: undefined })
  );
}
