import { FailureKind } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { endAttempt } from './endAttempt';
import { JobRow } from './tables';

/** Ends a job that the caller has locked, and its attempt. */
export async function finishJob(
  tx: Knex.Transaction,
  job: JobRow,
  ending: {
    failureKind?: FailureKind;
    /** One line. */
    message: string;
    resultDigest?: string;
  },
): Promise<void> {
  const failed = ending.failureKind !== undefined;
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state: failed ? 'failed' : 'succeeded',
      ticket: null,
      next_at: null,
      finished_at: databaseNow(tx),
      failure_kind: ending.failureKind ?? null,
      failure_message: failed ? ending.message : null,
    });
  await endAttempt(
    tx,
    { jobId: job.id, number: job.attempts },
    {
      outcome: ending.failureKind ?? 'succeeded',
      message: ending.message,
      level: failed ? 'error' : 'info',
      keepToken: ending.resultDigest !== undefined,
      resultDigest: ending.resultDigest,
    },
  );
}
