import { Knex } from 'knex';

/** Makes the token of an attempt worthless: its runner has ended. */
export async function forgetToken(
  knex: Knex,
  jobId: string,
  attempt: number,
): Promise<void> {
  await knex('job_attempts')
    .where({ job_id: jobId, number: attempt })
    .update({ token_hash: null });
}
