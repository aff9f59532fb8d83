import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { HeldJob } from './lockHeldJob';
import { JobRow } from './tables';

/**
 * Pushes the end of a lease that has not run out.
 *
 * @returns whether the job is still the ticket holder's
 */
export async function extendLease(
  knex: Knex,
  held: HeldJob,
  leaseMilliseconds: number,
): Promise<boolean> {
  const updated = await knex<JobRow>('jobs')
    .where({ id: held.id, ticket: held.ticket, state: 'running' })
    .where('next_at', '>', databaseNow(knex))
    .update({
      next_at: databaseNowPlus(knex, leaseMilliseconds) as unknown as number,
    });
  return updated === 1;
}
