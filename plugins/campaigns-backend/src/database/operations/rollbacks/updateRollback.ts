import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { LostLeaseError } from '../publications/LostLeaseError';
import { RollbackRow } from './tables';

/**
 * Writes to a rollback that the caller holds.
 *
 * @throws LostLeaseError where it is another's by now
 */
export async function updateRollback(
  knex: Knex,
  held: Pick<RollbackRow, 'id' | 'ticket'>,
  update: Partial<
    Pick<RollbackRow, 'state' | 'pr_number' | 'attempts' | 'last_error'>
  > & { nextIn?: number },
): Promise<void> {
  const { nextIn, ...columns } = update;
  const updated = await knex<RollbackRow>('rollbacks')
    .where({ id: held.id, ticket: held.ticket, state: 'planned' })
    .update({
      ...columns,
      ...(nextIn !== undefined && {
        next_at: databaseNowPlus(knex, nextIn) as unknown as number,
      }),
      updated_at: databaseNow(knex) as unknown as number,
    });
  if (updated === 0) {
    throw new LostLeaseError(`Rollback ${held.id} is no longer ours`);
  }
}
