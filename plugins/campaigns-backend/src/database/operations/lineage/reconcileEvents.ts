import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { ageOut } from './ageOut';
import { aliasJobs } from './aliasJobs';
import { mergeAliases } from './mergeAliases';
import { removeOrphanNodes } from './removeOrphanNodes';
import { sooner } from './sooner';
import { LineageProviderRow } from './tables';

/** To look again whether the reads under way have ended. */
const READ_MILLISECONDS = 30_000;

/**
 * Takes the turn to bring a source of events in order, where it is due.
 *
 * @returns whether it is ours
 */
export async function claimReconciliation(
  knex: Knex,
  provider: string,
  intervalMilliseconds: number,
): Promise<boolean> {
  const count = await knex<LineageProviderRow>('lineage_providers')
    .where({ id: provider })
    .where('next_read_at', '<=', databaseNow(knex))
    .update({
      known_at: databaseNow(knex) as unknown as number,
      next_read_at: databaseNowPlus(
        knex,
        intervalMilliseconds,
      ) as unknown as number,
    });
  return count > 0;
}

/**
 * Brings what events said in order: what was not said for long goes, names that
 * turned out to mean one node become one, and its size is counted.
 *
 * @returns whether more is left that can be done at once
 */
export async function reconcileEvents(
  knex: Knex,
  provider: string,
): Promise<boolean> {
  return knex.transaction(async tx => {
    if (hasRowLocks(tx)) {
      await tx('lineage_providers').select('id').orderBy('id').forUpdate();
    }
    await ageOut(tx, provider);
    const { reading } = (await tx<LineageProviderRow>('lineage_providers')
      .where('leased_until', '>=', databaseNow(tx))
      .count({ reading: '*' })
      .first()) as { reading: number | string };
    let left = false;
    if (Number(reading) === 0) {
      await aliasJobs(tx, provider);
      left = await mergeAliases(tx, provider);
    } else {
      // A read under way knows nodes by their ids: they may not go meanwhile.
      await tx<LineageProviderRow>('lineage_providers')
        .where({ id: provider })
        .update({ next_read_at: sooner(tx, READ_MILLISECONDS) });
    }
    await removeOrphanNodes(tx);
    await countEvents(tx, provider);
    return left;
  });
}

async function countEvents(tx: Knex, provider: string): Promise<void> {
  await tx.raw(
    `update lineage_providers set
       edge_count = (select count(*) from lineage_edges where provider = ?),
       stale_edge_count = (select count(*) from lineage_edges
         where provider = ? and last_seen < ? - stale_after),
       node_count = (select count(*) from (
         select from_node from lineage_edges where provider = ?
         union select to_node from lineage_edges where provider = ?
         union select node_id from lineage_witnesses where provider = ?) as n)
     where id = ?`,
    [
      provider,
      provider,
      databaseNow(tx),
      provider,
      provider,
      provider,
      provider,
    ],
  );
}
