import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { endWork } from './endWork';
import { insertJobEvents } from './insertJobEvents';
import { JobRow } from './tables';

/**
 * Stops the queued and running jobs of targets; their trials go on. A runner
 * that is at work is told in the answer to its next message and killed by its
 * executor; its attempt can leave nothing more.
 *
 * @param reason - one line for people
 * @returns the ids of the jobs that were stopped
 */
export async function stopJobs(
  tx: Knex.Transaction,
  targetIds: string[],
  reason: string,
): Promise<string[]> {
  const stopped: string[] = [];
  // SQLite bounds the number of values in one statement.
  for (let start = 0; start < targetIds.length; start += 500) {
    const jobs = tx<JobRow>('jobs')
      .whereIn('target_id', targetIds.slice(start, start + 500))
      .whereNot({ task: 'evaluate' });
    stopped.push(...(await stopEach(tx, jobs, reason)));
  }
  return stopped;
}

/**
 * Stops the queued and running trials of a campaign, or of one evaluation of it.
 *
 * @returns the ids of the jobs that were stopped
 */
export async function stopTrials(
  tx: Knex.Transaction,
  of: { campaignId: string; runId?: string },
  reason: string,
): Promise<string[]> {
  const trials = tx<JobRow>('jobs').where({
    campaign_id: of.campaignId,
    task: 'evaluate',
    ...(of.runId && { run_id: of.runId }),
  });
  return stopEach(tx, trials, reason);
}

async function stopEach(
  tx: Knex.Transaction,
  jobs: Knex.QueryBuilder<JobRow, JobRow[]>,
  reason: string,
): Promise<string[]> {
  const query = jobs.whereIn('state', ['queued', 'running']).orderBy('id');
  const rows: JobRow[] = await (hasRowLocks(tx) ? query.forUpdate() : query);
  for (const job of rows) await stopJob(tx, job, reason);
  return rows.map(({ id }) => id);
}

async function stopJob(
  tx: Knex.Transaction,
  job: JobRow,
  reason: string,
): Promise<void> {
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state: 'stopped',
      ticket: null,
      next_at: null,
      finished_at: databaseNow(tx),
      failure_message: reason,
    });
  await insertJobEvents(tx, job.id, job.attempts, [
    { type: 'outcome', level: 'warn', message: `Stopped: ${reason}` },
  ]);
  if (job.task !== 'scan') await endWork(tx, job, { type: 'stopped', reason });
}
