import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { LineageRead } from './tables';

/**
 * Prolongs the lease of a read. In a transaction it also keeps that row locked,
 * so that nothing is written once the lease is another's.
 *
 * @throws ConflictError where the read is not ours any more
 */
export async function extendRead(
  knex: Knex,
  read: LineageRead,
  leaseMilliseconds: number,
): Promise<void> {
  const count = await knex('lineage_providers')
    .where({ id: read.provider, attempt: read.attempt })
    .whereNotNull('leased_until')
    .update({ leased_until: databaseNowPlus(knex, leaseMilliseconds) });
  if (count === 0) {
    throw new ConflictError(
      `The lineage of '${read.provider}' is being read by another process; this read ends`,
    );
  }
}
