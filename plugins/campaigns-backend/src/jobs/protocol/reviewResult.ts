import { ConflictError } from '@backstage/errors';
import { Review } from '@skein/plugin-campaigns-common';
import { BudgetExceededError } from '../../gateway';
import { oneLine } from '../oneLine';
import type { AttemptSession } from './AttemptSession';
import type { JobProtocolOptions } from './createJobProtocolRouter';
import { CheckedResult, RefusedResultError } from './readResult';

/** A result with what the review of its patch makes of it. */
export interface ReviewedResult {
  checked: CheckedResult;
  /** A person has to approve the change by itself. */
  approvalRequired: boolean;
  /** Why the change is not proposed, in one line. */
  blocked?: string;
  /** Which budget has no room for the judge of the change, in one line. */
  overBudget?: string;
}

/**
 * Looks at the patch of a result, or finds the look that was taken at it
 * before: what the runner says of reviews counts for nothing.
 *
 * @throws RefusedResultError where the patch cannot be applied
 */
export async function reviewResult(
  { reviews }: JobProtocolOptions,
  { job, attempt }: AttemptSession,
  checked: CheckedResult,
): Promise<ReviewedResult> {
  const { result, files } = checked;
  // Notes alone, for one, go nowhere: no money is spent on a look at them.
  const reviewed =
    result.task === 'transform' &&
    result.outcome === 'proposed' &&
    files.length > 0;
  if (!reviewed) return { checked, approvalRequired: false };
  try {
    const { review } = await reviews.review({
      job,
      baseCommit: attempt.base_commit!,
      patch: result.patch,
      files,
    });
    return {
      checked,
      // A veto that was not answered is for a person, as is all that asks for one.
      approvalRequired: review.outcome !== 'accepted',
      blocked: blockOf(review),
    };
  } catch (error) {
    if (error instanceof BudgetExceededError) {
      return { checked, approvalRequired: true, overBudget: error.message };
    }
    if (error instanceof ConflictError) {
      throw new RefusedResultError('protocol-error', error.message);
    }
    throw error;
  }
}

function blockOf({ findings }: Review): string | undefined {
  const blocking = findings.filter(({ action }) => action === 'block');
  if (blocking.length === 0) return undefined;
  const [{ file, line, message }] = blocking;
  const place = file ? ` (${file}${line ? `:${line}` : ''})` : '';
  const more = blocking.length > 1 ? `; and ${blocking.length - 1} more` : '';
  return oneLine(`${message}${place}${more}`);
}
