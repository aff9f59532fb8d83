import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { insertJobEvents } from './insertJobEvents';
import { JobRow } from './tables';
import { transitionTargetIfLegal } from './transitionTargetIfLegal';

/**
 * Stops the queued and running jobs of targets. A runner that is at work is
 * told in the answer to its next message and killed by its executor; its
 * attempt can leave nothing more.
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
    const query = tx<JobRow>('jobs')
      .whereIn('target_id', targetIds.slice(start, start + 500))
      .whereIn('state', ['queued', 'running'])
      .orderBy('id');
    for (const job of await (hasRowLocks(tx) ? query.forUpdate() : query)) {
      await stopJob(tx, job, reason);
      stopped.push(job.id);
    }
  }
  return stopped;
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
  if (job.task === 'transform') {
    await transitionTargetIfLegal(tx, job.target_id, {
      type: 'stopped',
      reason,
    });
  }
}
