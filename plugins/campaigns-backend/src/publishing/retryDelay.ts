const MOST_MILLISECONDS = 15 * 60_000;

/**
 * How long to wait before another try: doubles each time, up to 15 minutes.
 *
 * @param attempts - tries made so far, 1 or more
 * @param random - from 0 to 1: spreads what failed together
 */
export function retryDelay(
  attempts: number,
  firstMilliseconds: number,
  random: number,
): number {
  const delay = Math.min(
    MOST_MILLISECONDS,
    firstMilliseconds * 2 ** Math.min(attempts - 1, 20),
  );
  return Math.round(delay * (0.75 + random / 2));
}
