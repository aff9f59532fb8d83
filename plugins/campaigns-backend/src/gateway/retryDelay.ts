import { ModelCallErrorKind } from '@skein/plugin-campaigns-node';

/** Tries of one call. */
const MOST_TRIES = 8;
/** Those of them whose answers may break off: each may cost as much as a whole one. */
const MOST_BROKEN = 3;

const FIRST_MILLISECONDS = 1_000;
const LONGEST_MILLISECONDS = 60_000;

/** Failures that may pass; all others would only be repeated. */
const passing: ReadonlySet<ModelCallErrorKind> = new Set<ModelCallErrorKind>([
  'rate-limited',
  'overloaded',
  'unavailable',
  'broken',
]);

/**
 * How long to wait before a failed call is tried again. What the provider asks
 * for is the least; else the wait doubles, spread by chance so that calls which
 * failed together do not return together.
 *
 * @param failure.tries - made so far, 1 or more
 * @param failure.broken - how many of them broke off
 * @param random - from 0 up to 1
 * @returns milliseconds; undefined where the call has failed for good
 */
export function retryDelay(
  failure: {
    kind: ModelCallErrorKind;
    tries: number;
    broken: number;
    retryAfterMilliseconds?: number;
  },
  random: number,
): number | undefined {
  if (!passing.has(failure.kind)) return undefined;
  if (failure.tries >= MOST_TRIES || failure.broken >= MOST_BROKEN) {
    return undefined;
  }
  const doubled = Math.min(
    FIRST_MILLISECONDS * 2 ** (failure.tries - 1),
    LONGEST_MILLISECONDS,
  );
  const spread = doubled * (0.5 + random / 2);
  return Math.round(Math.max(spread, failure.retryAfterMilliseconds ?? 0));
}
