import { Failure, toExtractedErrors } from '../extract';
import { ERRORS_KEPT } from './runRepositoryCheck';
import { RanCheck } from './types';

/**
 * What a check after the change says of the change: only failures that were
 * not there before are blamed on it.
 *
 * @param before - the same check on the untouched checkout
 */
export function compareWithBaseline(
  before: RanCheck,
  after: RanCheck,
): RanCheck {
  const was = before.result.outcome;
  const { outcome, summary } = after.result;
  if (outcome === 'skipped' && was === 'passed') {
    return blamed(
      after,
      `passed before the change and cannot be run any more: ${summary}`,
    );
  }
  if (outcome !== 'failed' || was !== 'failed') return after;
  if (before.limit || after.limit || before.failures.length === 0) {
    return excused(
      after,
      'skipped',
      `was broken before: ${before.result.summary}`,
    );
  }
  const fresh = newFailures(before.failures, after.failures);
  if (fresh.length === 0) {
    const count = before.failures.length;
    return excused(
      after,
      'passed',
      `no new failure; ${
        count === 1 ? 'one was' : `${count} were`
      } there before`,
    );
  }
  const [{ error }] = fresh;
  const place = error.file && `${error.file}: `;
  return {
    ...after,
    failures: fresh,
    result: {
      ...after.result,
      summary: `${place ?? ''}${error.message}`,
      errors: toExtractedErrors(fresh, ERRORS_KEPT),
    },
  };
}

/** Failures that are there more often than before. */
export function newFailures(
  before: readonly Failure[],
  after: readonly Failure[],
): Failure[] {
  const known = new Map(
    before.map(({ fingerprint, count }) => [fingerprint, count]),
  );
  return after.filter(
    ({ fingerprint, count }) => count > (known.get(fingerprint) ?? 0),
  );
}

function blamed(check: RanCheck, summary: string): RanCheck {
  return { ...check, result: { ...check.result, outcome: 'failed', summary } };
}

function excused(
  check: RanCheck,
  outcome: 'passed' | 'skipped',
  summary: string,
): RanCheck {
  const { errors: _errors, ...result } = check.result;
  return {
    ...check,
    failures: [],
    limit: undefined,
    result: { ...result, outcome, summary },
  };
}
