import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { LineageProviderRow } from './tables';

/**
 * Ids of the sources that no running backend has had for a while, but for
 * sources of events: what these said goes by its own age.
 */
export async function listUninstalled(
  knex: Knex,
  milliseconds: number,
): Promise<string[]> {
  return knex<LineageProviderRow>('lineage_providers')
    .where('known_at', '<', databaseNowPlus(knex, -milliseconds))
    .whereNull('expire_after')
    .pluck('id');
}
