import { SpendShare } from '@skein/plugin-campaigns-common';

const DAY_MILLISECONDS = 86_400_000;

/** A day with what was spent on it. */
export interface SpendDay {
  /** `2026-11-21`. */
  day: string;
  cost: number;
  calls: number;
}

/**
 * Days without a gap up to the newest with calls, so that a quiet week looks
 * quiet; at least a week, at most as many as given.
 */
export function fillDays(shares: SpendShare[], most: number): SpendDay[] {
  const newest = shares[shares.length - 1];
  if (!newest) return [];
  const first = Date.parse(shares[0].key);
  const last = Date.parse(newest.key);
  const span = Math.round((last - first) / DAY_MILLISECONDS) + 1;
  const count = Math.min(most, Math.max(7, span));
  const byDay = new Map(shares.map(share => [share.key, share]));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(last - (count - 1 - index) * DAY_MILLISECONDS)
      .toISOString()
      .slice(0, 10);
    const { cost = 0, calls = 0 } = byDay.get(day) ?? {};
    return { day, cost, calls };
  });
}
