import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { claimDue } from '../claimDue';
import { DatasetSchemaRow } from './tables';

/** Takes datasets that are of interest and due to be read, each with its ticket. */
export async function claimDueSchemas(
  knex: Knex,
  providers: string[],
  options: { limit: number; leaseMilliseconds: number },
): Promise<DatasetSchemaRow[]> {
  return knex.transaction(tx =>
    claimDue<DatasetSchemaRow>(tx, {
      table: 'dataset_schemas',
      ticket: 'ticket',
      nextAt: 'next_at',
      due: query =>
        query
          .whereIn('provider', providers)
          .where('wanted_until', '>', databaseNow(tx))
          .orderBy('next_at'),
      ...options,
    }),
  );
}
