import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/** Makes providers due now; one that is being read is read once more after that. */
export async function requestReads(
  knex: Knex,
  providerIds: string[],
): Promise<void> {
  await knex('lineage_providers')
    .whereIn('id', providerIds)
    .update({ next_read_at: databaseNow(knex) });
}
