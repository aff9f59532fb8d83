import { Knex } from 'knex';
import { JobAttemptRow, JobRow } from '../jobs/tables';

/** Why a model call of a job's present attempt was refused for want of budget; undefined where none was. */
export async function getBudgetRefusal(
  tx: Knex.Transaction,
  job: JobRow,
): Promise<string | undefined> {
  const attempt = await tx<JobAttemptRow>('job_attempts')
    .where({ job_id: job.id, number: job.attempts })
    .first('over_budget_message');
  return attempt?.over_budget_message ?? undefined;
}
