import { Knex } from 'knex';
import { JobAttemptRow, JobRow } from './tables';

/** The attempt whose runner has a token with this hash, and its job; undefined where no token is alive with it. */
export async function findAttempt(
  knex: Knex,
  tokenHash: string,
): Promise<{ job: JobRow; attempt: JobAttemptRow } | undefined> {
  const attempt = await knex<JobAttemptRow>('job_attempts')
    .where({ token_hash: tokenHash })
    .first();
  const job =
    attempt &&
    (await knex<JobRow>('jobs').where({ id: attempt.job_id }).first());
  return job && { job, attempt };
}
