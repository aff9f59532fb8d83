import { Knex } from 'knex';

/** Notes that an attempt is over budget: however its runner ends, its job ends as that. */
export async function recordBudgetRefusal(
  knex: Knex,
  attempt: { jobId: string; number: number },
  message: string,
): Promise<void> {
  await knex('job_attempts')
    .where({ job_id: attempt.jobId, number: attempt.number })
    .update({ over_budget_message: message });
}
