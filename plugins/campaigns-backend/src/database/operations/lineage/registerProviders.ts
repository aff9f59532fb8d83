import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { LineageProviderRow } from './tables';

/** Makes providers known, due at once where they are new. */
export async function registerProviders(
  knex: Knex,
  providers: Array<{ id: string; title: string }>,
): Promise<void> {
  for (const { id, title } of providers) {
    await knex<LineageProviderRow>('lineage_providers')
      .insert({
        id,
        title,
        state: 'never',
        next_read_at: databaseNow(knex) as unknown as number,
      })
      .onConflict('id')
      .merge(['title']);
  }
}
