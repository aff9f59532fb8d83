import { Knex } from 'knex';
import { DatasetSchemaRow } from './tables';

/** What providers say of these datasets. */
export async function listSchemas(
  knex: Knex,
  datasets: string[],
): Promise<DatasetSchemaRow[]> {
  return knex<DatasetSchemaRow>('dataset_schemas')
    .whereIn('dataset', datasets)
    .select('*');
}
