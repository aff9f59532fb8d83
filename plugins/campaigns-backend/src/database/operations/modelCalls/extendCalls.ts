import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';

/** Keeps the reservations of calls that are under way. */
export async function extendCalls(
  knex: Knex,
  ids: string[],
  leaseMilliseconds: number,
): Promise<void> {
  await knex('model_calls')
    .whereIn('id', ids)
    .where({ state: 'reserved' })
    .whereNotNull('expires_at')
    .update({ expires_at: databaseNowPlus(knex, leaseMilliseconds) });
}
