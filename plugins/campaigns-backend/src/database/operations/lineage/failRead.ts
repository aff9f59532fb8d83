import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { LineageProviderRow, LineageRead } from './tables';

/** Ends a read without result, if it is still ours; what was visible stays. */
export async function failRead(
  knex: Knex,
  read: LineageRead,
  options: { error: string; retryMilliseconds: number },
): Promise<void> {
  const retryAt = databaseNowPlus(knex, options.retryMilliseconds);
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt })
    .whereNotNull('leased_until')
    .update({
      state: 'failed',
      leased_until: null,
      last_error: options.error,
      next_read_at: knex.raw(
        'case when next_read_at < ? then next_read_at else ? end',
        [retryAt, retryAt],
      ) as unknown as number,
    });
}
