import { ConflictError, InputError } from '@backstage/errors';
import { createHash } from 'crypto';
import { ErrorRequestHandler } from 'express';
import { TargetRow } from '../../database/tables';
import { oneLine } from '../oneLine';
import { applyResult } from './applyResult';
import { AttemptSession, sessionOf } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';
import { readResult, RefusedResultError } from './readResult';
import { runnerTaskOf } from './runnerTaskOf';
import { reviewResult } from './reviewResult';

/**
 * Ends a job with what its runner sent. A result that is refused ends the job
 * too: the runner would only send the same again.
 *
 * @throws RefusedResultError
 * @throws ConflictError where the job is no longer the attempt's
 */
export async function receiveResult(
  options: JobProtocolOptions,
  session: AttemptSession,
  body: unknown,
): Promise<void> {
  const { database, queue, limits } = options;
  const { job, attempt, held } = session;
  const resultDigest = createHash('sha256')
    .update(JSON.stringify(body))
    .digest('hex');
  if (!held) {
    if (attempt.result_digest === resultDigest) return;
    throw new ConflictError("The job is no longer this attempt's");
  }
  const target = await database<TargetRow>('targets')
    .where({ id: job.target_id })
    .first('path');
  try {
    const checked = readResult(body, {
      task: runnerTaskOf(job),
      path: target?.path ?? '',
      limits,
    });
    if (
      checked.result.task === 'transform' &&
      checked.result.outcome !== 'failed' &&
      attempt.base_commit === null
    ) {
      throw new RefusedResultError(
        'protocol-error',
        'The runner sent a result without having asked for the source',
      );
    }
    const reviewed = await reviewResult(options, session, checked);
    await applyResult(queue, held, reviewed, {
      baseCommit: attempt.base_commit ?? undefined,
      resultDigest,
    });
  } catch (error) {
    if (error instanceof RefusedResultError) {
      // It may quote the patch, and a line of that is as long as the runner likes.
      await queue.fail(held, {
        kind: error.kind,
        message: oneLine(error.message),
      });
    }
    throw error;
  }
}

/** Ends the job of a result whose body could not be read: too long, or no JSON. */
export function refuseUnreadableResult({
  queue,
}: JobProtocolOptions): ErrorRequestHandler {
  return async (error, request, response, next) => {
    try {
      if (!error.type?.startsWith('entity.')) throw error;
      const { held } = sessionOf(request, response);
      if (!held) throw error;
      const message = oneLine(
        `The runner's result cannot be read: ${error.message}`,
      );
      await queue.fail(held, { kind: 'protocol-error', message });
      throw new InputError(message);
    } catch (refusal) {
      next(refusal);
    }
  };
}
