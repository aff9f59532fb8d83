import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { ReadableProvider } from './claimDueProviders';
import { LineageProviderRow } from './tables';

/** What a source said that cannot be read for so long is shown as stale. */
const STALE_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Makes providers known, due at once where they are new. */
export async function registerProviders(
  knex: Knex,
  providers: Array<ReadableProvider & { title: string }>,
): Promise<void> {
  const now = databaseNow(knex) as unknown as number;
  for (const { id, title, intervalMilliseconds } of providers) {
    await knex<LineageProviderRow>('lineage_providers')
      .insert({
        id,
        title,
        state: 'never',
        next_read_at: now,
        read_interval: intervalMilliseconds,
        known_at: now,
        stale_after: Math.max(STALE_MILLISECONDS, 3 * intervalMilliseconds),
      })
      .onConflict('id')
      .merge(['title', 'read_interval', 'known_at', 'stale_after']);
  }
}
