import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { LineageProviderRow } from './tables';

/** All that a source of events says stands in one generation, which is always visible. */
export const EVENT_GENERATION = 1;

/** Makes a source of events known; what is stored of it stays. */
export async function registerEventSource(
  knex: Knex,
  source: {
    id: string;
    title: string;
    staleAfterSeconds: number;
    expireAfterSeconds: number;
  },
): Promise<void> {
  const now = databaseNow(knex) as unknown as number;
  await knex<LineageProviderRow>('lineage_providers')
    .insert({
      id: source.id,
      title: source.title,
      state: 'never',
      generation: EVENT_GENERATION,
      attempt: EVENT_GENERATION,
      next_read_at: now,
      known_at: now,
      stale_after: source.staleAfterSeconds * 1000,
      expire_after: source.expireAfterSeconds * 1000,
    })
    .onConflict('id')
    .merge(['title', 'known_at', 'stale_after', 'expire_after']);
}
