import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { DatasetSchemaRow } from './tables';

const CHUNK = 100;

/** Says that these datasets are of interest for a while; a new one is due at once. */
export async function wantSchemas(
  knex: Knex,
  wants: Array<{ provider: string; dataset: string }>,
  forMilliseconds: number,
): Promise<void> {
  for (let start = 0; start < wants.length; start += CHUNK) {
    const rows = wants.slice(start, start + CHUNK).map(want => ({
      id: randomUUID(),
      ...want,
      state: 'waiting' as const,
      wanted_until: databaseNowPlus(knex, forMilliseconds) as unknown as number,
      next_at: databaseNow(knex) as unknown as number,
    }));
    await knex<DatasetSchemaRow>('dataset_schemas')
      .insert(rows)
      .onConflict(['provider', 'dataset'])
      .merge(['wanted_until']);
  }
}
