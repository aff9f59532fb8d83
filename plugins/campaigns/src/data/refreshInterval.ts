/** While something moves and nobody tells. */
const movingMs = 5_000;
/** When at rest, or when signals tell what changes. */
const restingMs = 30_000;

/**
 * How long shown data may stand before it is read again, in milliseconds.
 *
 * Signals only count where one was received lately: a portal may offer them
 * while the way to the browser is blocked.
 */
export function refreshInterval(options: {
  moving: boolean;
  lastSignalAt: number | undefined;
  now: number;
}): number {
  const { moving, lastSignalAt, now } = options;
  if (!moving) return restingMs;
  const told = lastSignalAt !== undefined && now - lastSignalAt < restingMs;
  return told ? restingMs / 2 : movingMs;
}
