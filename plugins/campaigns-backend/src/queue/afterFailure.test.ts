import { failureKinds } from '@skein/plugin-campaigns-common';
import fc from 'fast-check';
import { afterFailure } from './afterFailure';

const passing = ['runner-crashed', 'source-unavailable'];

describe('afterFailure', () => {
  it('tries again after what may pass, at most the allowed number of times, and never after a verdict', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...failureKinds),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, attempts, maxAttempts, random) => {
          const wait = afterFailure({ kind, attempts, maxAttempts }, random);
          const again = passing.includes(kind) && attempts < maxAttempts;
          expect(wait !== undefined).toBe(again);
          if (wait === undefined) return;
          expect(wait).toBeGreaterThanOrEqual(2_500);
          expect(wait).toBeLessThanOrEqual(300_000);
        },
      ),
    );
  });

  it('waits longer each time, spread by chance', () => {
    const waits = (random: number) =>
      [1, 2, 3, 10].map(attempts =>
        afterFailure(
          { kind: 'runner-crashed', attempts, maxAttempts: 20 },
          random,
        ),
      );
    expect(waits(0)).toEqual([2_500, 5_000, 10_000, 150_000]);
    expect(waits(1)).toEqual([5_000, 10_000, 20_000, 300_000]);
  });
});
