import { Knex } from 'knex';
import { JobRow } from '../database/operations/jobs/tables';
import { GatewayError } from './GatewayError';

/**
 * A call may have waited for long: the attempt that it is for may be over.
 *
 * @throws GatewayError where the job is no longer this attempt's
 */
export async function assertAttemptLives(
  database: Knex,
  attempt: { jobId: string; number: number },
): Promise<void> {
  const job = await database<JobRow>('jobs')
    .where({ id: attempt.jobId })
    .first('state', 'attempts');
  if (job?.state === 'running' && job.attempts === attempt.number) return;
  throw new GatewayError("The job is no longer this attempt's", {
    status: 401,
    type: 'authentication_error',
  });
}
