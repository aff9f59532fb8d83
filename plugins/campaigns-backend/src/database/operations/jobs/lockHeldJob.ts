import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { JobRow } from './tables';

/** A job in the hands of one attempt. */
export interface HeldJob {
  id: string;
  /** Of the attempt; a later one has another. */
  ticket: string;
}

/**
 * The job's row, locked, if the ticket is that of its present attempt and the
 * lease has not run out.
 *
 * @throws ConflictError where the job is no longer the ticket holder's
 */
export async function lockHeldJob(
  tx: Knex.Transaction,
  held: HeldJob,
): Promise<JobRow> {
  const query = tx<JobRow>('jobs')
    .where({ id: held.id, ticket: held.ticket, state: 'running' })
    .where('next_at', '>', databaseNow(tx));
  const row = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
  if (!row) {
    throw new ConflictError(
      `Job ${held.id} is no longer this attempt's: it was stopped, or its lease ran out`,
    );
  }
  return row;
}
