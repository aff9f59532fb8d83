import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { endAttempt } from './endAttempt';
import { JobRow } from './tables';
import { transitionTargetIfLegal } from './transitionTargetIfLegal';

/** Puts a job that the caller has locked back into the queue, and ends its attempt. */
export async function requeueJob(
  tx: Knex.Transaction,
  job: JobRow,
  release: {
    outcome: string;
    message: string;
    delayMilliseconds: number;
    /** The attempt was cut short by us: it does not count. */
    uncounted?: boolean;
  },
): Promise<void> {
  await endAttempt(
    tx,
    { jobId: job.id, number: job.attempts },
    { outcome: release.outcome, message: release.message, level: 'warn' },
  );
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state: 'queued',
      ticket: null,
      phase: null,
      next_at: databaseNowPlus(tx, release.delayMilliseconds),
      ...(release.uncounted && { max_attempts: job.max_attempts + 1 }),
    });
  if (job.task === 'transform') {
    await transitionTargetIfLegal(tx, job.target_id, {
      type: 'released',
      reason: release.message,
    });
  }
}
