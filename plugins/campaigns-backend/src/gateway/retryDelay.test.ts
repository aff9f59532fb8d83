import fc from 'fast-check';
import { retryDelay } from './retryDelay';

const passing = ['rate-limited', 'overloaded', 'unavailable'] as const;

describe('retryDelay', () => {
  it.each(['refused', 'aborted'] as const)(
    'does not repeat what was %s',
    kind => {
      expect(retryDelay({ kind, tries: 1, broken: 0 }, 0.5)).toBe(undefined);
    },
  );

  it('waits longer each time, at least what the provider asks for, and gives up', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...passing),
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.nat(100_000), { nil: undefined }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, tries, retryAfterMilliseconds, random) => {
          const failure = { kind, tries, broken: 0, retryAfterMilliseconds };
          const delay = retryDelay(failure, random);
          expect(delay === undefined).toBe(tries >= 8);
          const least = Math.min(1_000 * 2 ** (tries - 1), 60_000) / 2;
          expect(delay ?? Infinity).toBeGreaterThanOrEqual(
            Math.max(least, retryAfterMilliseconds ?? 0),
          );
        },
      ),
    );
  });

  it('asks fewer times for an answer that breaks off, since each may be billed', () => {
    const kind = 'broken';
    expect(retryDelay({ kind, tries: 2, broken: 2 }, 0)).toBe(1_000);
    expect(retryDelay({ kind, tries: 3, broken: 3 }, 0)).toBe(undefined);
    // What was refused before cost nothing.
    expect(retryDelay({ kind, tries: 3, broken: 1 }, 0)).toBe(2_000);
  });
});
