import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { mergeNodes } from './mergeNodes';
import { EVENT_GENERATION } from './registerEventSource';
import { LineageWitnessRow } from './tables';

const NODES_AT_ONCE = 1000;
/** For names that a source said which is read as a whole. */
const ALIAS_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes what a source of events has not said for longer than it stays, and
 * names that nobody has said for long.
 */
export async function ageOut(
  tx: Knex.Transaction,
  provider: string,
): Promise<void> {
  const expired = tx.raw(
    'last_seen < ? - (select expire_after from lineage_providers where id = ?)',
    [databaseNow(tx), provider],
  );
  for (const table of ['lineage_edges', 'lineage_columns']) {
    await tx(table).where({ provider }).whereRaw(expired).delete();
  }
  const witnesses = tx<LineageWitnessRow>('lineage_witnesses')
    .where({ provider })
    .whereRaw(expired);
  const ids: number[] = await witnesses.clone().pluck('node_id');
  await witnesses.delete();
  for (let start = 0; start < ids.length; start += NODES_AT_ONCE) {
    await mergeNodes(
      tx,
      { provider, attempt: EVENT_GENERATION },
      ids.slice(start, start + NODES_AT_ONCE),
    );
  }
  await tx('lineage_aliases')
    .where({ kind: 'dataset' })
    .whereRaw(
      `last_seen < ? - coalesce((select expire_after from lineage_providers
         where id = lineage_aliases.provider), ?)`,
      [databaseNow(tx), ALIAS_MILLISECONDS],
    )
    .delete();
}
