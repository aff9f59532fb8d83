import { Knex } from 'knex';
import { sooner } from './sooner';
import { LineageProviderRow, LineageRead } from './tables';

/** Ends a read without result, if it is still ours; what was visible stays. */
export async function failRead(
  knex: Knex,
  read: LineageRead,
  options: { error: string; retryMilliseconds: number },
): Promise<void> {
  await knex<LineageProviderRow>('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt })
    .whereNotNull('leased_until')
    .update({
      state: 'failed',
      leased_until: null,
      last_error: options.error,
      next_read_at: sooner(knex, options.retryMilliseconds),
    });
}
