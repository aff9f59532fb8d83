import { InputError } from '@backstage/errors';
import { ReviewAnswer } from '@skein/job-runner';
import { Review } from '@skein/plugin-campaigns-common';
import { BudgetExceededError } from '../../gateway';
import { HeldJob } from '../../database/operations/jobs/lockHeldJob';
import { TargetRow } from '../../database/tables';
import type { AttemptSession } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';
import { readPatch } from './readResult';
import { reviewRequestSchema } from './schemas';

/**
 * Looks at a verified change before its runner ends, so that an agent can
 * answer what is wrong with it.
 *
 * @throws InputError where it breaks the protocol
 */
export async function receiveReview(
  { database, reviews }: JobProtocolOptions,
  { job, attempt }: AttemptSession & { held: HeldJob },
  body: unknown,
): Promise<ReviewAnswer> {
  const parsed = reviewRequestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`Bad review request, at ${issue.path.join('.')}`);
  }
  if (attempt.base_commit === null) {
    throw new InputError('The runner has not asked for the source');
  }
  const { patch } = parsed.data;
  const target = await database<TargetRow>('targets')
    .where({ id: job.target_id })
    .first('path');
  try {
    const { review, final } = await reviews.review({
      job,
      baseCommit: attempt.base_commit,
      patch,
      files: readPatch(patch, target?.path ?? ''),
    });
    return { verdict: review.outcome, feedback: feedbackOf(review), final };
  } catch (error) {
    if (!(error instanceof BudgetExceededError)) throw error;
    return { verdict: 'overBudget', feedback: [error.message], final: true };
  }
}

/** What the agent is told: all that blocks, and why the judge says no. */
function feedbackOf({ findings, judge }: Review): string[] {
  const place = (file?: string, line?: number) =>
    file === undefined ? '' : `${file}${line ? `:${line}` : ''}: `;
  return [
    ...findings
      .filter(({ action }) => action === 'block')
      .map(
        ({ file, line, message, evidence }) =>
          `${place(file, line)}${message}${evidence ? ` (${evidence})` : ''}`,
      ),
    ...(judge?.verdict === 'veto'
      ? judge.reasons.map(
          ({ file, line, reason }) => `${place(file, line)}${reason}`,
        )
      : []),
  ];
}
