import { Knex } from 'knex';

/** The commits that the trials of an evaluation worked on, by target; undefined where one never began. */
export async function listTriedCommits(
  knex: Knex,
  runId: string,
): Promise<Map<string, string | undefined>> {
  const rows = await knex('jobs')
    .leftJoin('job_attempts', join =>
      join
        .on('job_attempts.job_id', 'jobs.id')
        .andOn('job_attempts.number', 'jobs.attempts'),
    )
    .where({ 'jobs.run_id': runId, 'jobs.task': 'evaluate' })
    .select({
      targetId: 'jobs.target_id',
      commit: 'job_attempts.base_commit',
      wanted: 'jobs.base_commit',
    });
  return new Map(
    rows.map(({ targetId, commit, wanted }) => [
      targetId,
      commit ?? wanted ?? undefined,
    ]),
  );
}
