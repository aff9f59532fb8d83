import { FailureKind } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { endAttempt } from './endAttempt';
import { JobRow } from './tables';

const levels = {
  succeeded: 'info',
  overBudget: 'warn',
  failed: 'error',
} as const;

type Ending = {
  failureKind?: FailureKind;
  /** No budget had room for what it asked of the model. */
  overBudget?: boolean;
  /** One line. */
  message: string;
  resultDigest?: string;
};

/** Ends a job that the caller has locked, and its attempt. */
export async function finishJob(
  tx: Knex.Transaction,
  job: JobRow,
  ending: Ending,
): Promise<void> {
  const state = stateOf(ending);
  await tx('jobs')
    .where({ id: job.id })
    .update({
      state,
      ticket: null,
      next_at: null,
      finished_at: databaseNow(tx),
      failure_kind: ending.failureKind ?? null,
      failure_message: state === 'succeeded' ? null : ending.message,
    });
  await endAttempt(
    tx,
    { jobId: job.id, number: job.attempts },
    {
      outcome: ending.failureKind ?? state,
      message: ending.message,
      level: levels[state],
      keepToken: ending.resultDigest !== undefined,
      resultDigest: ending.resultDigest,
    },
  );
}

function stateOf(ending: Ending): keyof typeof levels {
  if (ending.failureKind !== undefined) return 'failed';
  return ending.overBudget ? 'overBudget' : 'succeeded';
}
