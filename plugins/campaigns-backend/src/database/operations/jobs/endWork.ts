import { TrialOutcome } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { TargetEvent } from '../../../targets/reduceTarget';
import { JobRow } from './tables';
import { transitionTargetIfLegal } from './transitionTargetIfLegal';

/** How the work of a `transform` or `evaluate` job can end. */
export type WorkEnd = Extract<TargetEvent, { type: 'finished' | 'stopped' }>;

/**
 * Carries the end of a job's work to where it counts: the target goes on, where
 * its state allows it. A trial leaves its target alone, and keeps what that
 * would have become.
 */
export async function endWork(
  tx: Knex.Transaction,
  job: Pick<JobRow, 'id' | 'task' | 'target_id'>,
  end: WorkEnd,
): Promise<void> {
  if (job.task !== 'evaluate') {
    await transitionTargetIfLegal(tx, job.target_id, end);
    return;
  }
  const finished = end.type === 'finished' ? end : undefined;
  await tx<JobRow>('jobs')
    .where({ id: job.id })
    .update({
      // A trial asks no CI, so that it is never `verifying`.
      outcome: (finished?.outcome ?? 'stopped') as TrialOutcome,
      outcome_message: end.reason,
      change_id: finished?.changeId ?? null,
      edit_count: finished?.editCount ?? 0,
      note_count: finished?.noteCount ?? 0,
      approval_required: finished?.approvalRequired ?? false,
    });
}
