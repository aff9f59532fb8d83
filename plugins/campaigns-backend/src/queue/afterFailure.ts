import { FailureKind } from '@skein/plugin-campaigns-common';

/**
 * Failures of what carries jobs out, not of the job itself: another attempt may
 * well succeed. All others are verdicts and would only be repeated.
 */
export const passingFailures: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'runner-crashed',
  'source-unavailable',
]);

/** How long to wait between attempts, in milliseconds. */
export interface Backoff {
  first: number;
  longest: number;
}

export const defaultBackoff: Backoff = { first: 5_000, longest: 300_000 };

/**
 * What follows a failed attempt: another one after a while, doubled each time
 * and spread by chance so that jobs which failed together do not return
 * together, or the end.
 *
 * @param random - from 0 up to 1
 * @returns milliseconds until the next attempt; undefined where there is none
 */
export function afterFailure(
  failure: { kind: FailureKind; attempts: number; maxAttempts: number },
  random: number,
  backoff: Backoff = defaultBackoff,
): number | undefined {
  if (!passingFailures.has(failure.kind)) return undefined;
  if (failure.attempts >= failure.maxAttempts) return undefined;
  const doubled = backoff.first * 2 ** Math.min(failure.attempts - 1, 30);
  return Math.round(Math.min(doubled, backoff.longest) * (0.5 + random / 2));
}
