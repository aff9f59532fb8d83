import { ConflictError } from '@backstage/errors';
import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';
import { transitionTarget } from '../targets/transitionTarget';
import { JobRow } from './tables';

/** Attempts of a job before its runner's failures are final. */
export const DEFAULT_MAX_ATTEMPTS = 3;

/**
 * Puts a job in the queue, due at once. A `transform` job makes its target
 * `queued`; others leave the target's state alone.
 *
 * @returns the job's id
 * @throws ConflictError where the target has a live job of this task, or where its state does not allow one
 * @throws NotFoundError where there is no such target
 */
export async function enqueueJob(
  tx: Knex.Transaction,
  job: {
    campaignId: string;
    targetId: string;
    runId?: string;
    revisionId: string;
    task: JobRow['task'];
    maxAttempts?: number;
  },
): Promise<string> {
  // The lock on the target makes one of two callers see the other's job.
  const target = tx<TargetRow>('targets').where({ id: job.targetId });
  await (hasRowLocks(tx) ? target.forUpdate() : target).first('id');
  const live = await tx<JobRow>('jobs')
    .where({ target_id: job.targetId, task: job.task })
    .whereIn('state', ['queued', 'running'])
    .first('id');
  if (live) {
    throw new ConflictError(
      `Target ${job.targetId} already has a ${job.task} job that is queued or running: ${live.id}`,
    );
  }

  const id = randomUUID();
  if (job.task === 'transform') {
    await transitionTarget(tx, job.targetId, { type: 'queued' });
    await tx<TargetRow>('targets')
      .where({ id: job.targetId })
      .update({ job_id: id, ...(job.runId && { run_id: job.runId }) });
  }
  await tx('jobs').insert({
    id,
    campaign_id: job.campaignId,
    run_id: job.runId ?? null,
    target_id: job.targetId,
    revision_id: job.revisionId,
    task: job.task,
    state: 'queued',
    max_attempts: job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    next_at: databaseNow(tx),
    created_at: databaseNow(tx),
  });
  return id;
}
