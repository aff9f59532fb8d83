import { Knex } from 'knex';
import { jsonRows } from './jsonRows';
import { LineageRead, LineageWitnessRow } from './tables';

/** Writes what a source says of nodes. No node may occur twice. */
export async function upsertWitnesses(
  tx: Knex,
  read: LineageRead,
  witnesses: Array<Pick<LineageWitnessRow, 'node_id' | 'metadata'>>,
): Promise<void> {
  if (witnesses.length === 0) return;
  const rows = jsonRows(
    tx,
    { node_id: 'integer', metadata: 'text' },
    witnesses.map(witness => [witness.node_id, witness.metadata]),
  );
  await tx.raw(
    `insert into lineage_witnesses
       (node_id, provider, metadata, first_generation, last_generation)
     select node_id, ?, metadata, ?, ? from ? as r where true
     on conflict (node_id, provider) do update set
       metadata = excluded.metadata,
       last_generation = excluded.last_generation`,
    [
      tx.raw('cast(? as text)', [read.provider]),
      tx.raw('cast(? as integer)', [read.attempt]),
      tx.raw('cast(? as integer)', [read.attempt]),
      rows,
    ],
  );
}
