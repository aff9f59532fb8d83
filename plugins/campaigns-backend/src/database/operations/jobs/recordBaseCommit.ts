import { Knex } from 'knex';
import { JobAttemptRow } from './tables';

/**
 * Remembers the commit that an attempt works on, if it has none yet.
 *
 * @returns the attempt's commit: the one that was recorded first
 */
export async function recordBaseCommit(
  knex: Knex,
  attempt: { jobId: string; number: number },
  commit: string,
): Promise<string> {
  const where = { job_id: attempt.jobId, number: attempt.number };
  await knex<JobAttemptRow>('job_attempts')
    .where(where)
    .whereNull('base_commit')
    .update({ base_commit: commit });
  const row = await knex<JobAttemptRow>('job_attempts')
    .where(where)
    .first('base_commit');
  return row?.base_commit ?? commit;
}
