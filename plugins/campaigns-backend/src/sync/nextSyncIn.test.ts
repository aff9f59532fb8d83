import fc from 'fast-check';
import { defaultSyncIntervals, nextSyncIn } from './nextSyncIn';

describe('nextSyncIn', () => {
  const next = (state: 'open' | 'closed' | 'merged', quiet: number) =>
    nextSyncIn(state, quiet, defaultSyncIntervals);

  it('looks often at what just moved, seldom at what is quiet, and at what is merged for a day', () => {
    expect(next('open', 0)).toBe(30_000);
    expect(next('open', 30 * 60_000)).toBe(3 * 60_000);
    expect(next('open', 30 * 24 * 3_600_000)).toBe(15 * 60_000);
    expect(next('closed', 3_600_000)).toBe(6 * 60_000);
    expect(next('closed', 30 * 24 * 3_600_000)).toBe(undefined);
    expect(next('merged', 3_600_000)).toBe(6 * 60_000);
    expect(next('merged', 25 * 3_600_000)).toBe(undefined);
  });

  it('grows with the quiet time and stays within its bounds', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, more) => {
        const shorter = next('open', one)!;
        const longer = next('open', one + more)!;
        expect(longer).toBeGreaterThanOrEqual(shorter);
        expect(shorter).toBeGreaterThanOrEqual(30_000);
        expect(longer).toBeLessThanOrEqual(15 * 60_000);
      }),
    );
  });
});
