import fc from 'fast-check';
import { TargetState, targetStates } from '@skein/plugin-campaigns-common';
import {
  StateCounts,
  countGroups,
  countInScope,
  countDone,
  sharePercent,
} from './countStates';

const counts = fc.dictionary(
  fc.constantFrom(...targetStates),
  fc.nat(500),
) as fc.Arbitrary<StateCounts>;

describe('countStates', () => {
  it('shows every target in scope once, in no group twice', () => {
    fc.assert(
      fc.property(counts, given => {
        const expected = Object.entries(given)
          .filter(([state]) => !['candidate', 'outOfScope'].includes(state))
          .reduce((sum, [, count]) => sum + count, 0);
        expect(countInScope(given)).toBe(expected);
        const shown = countGroups(given).flatMap(({ states }) => states);
        const names = shown.map(({ state }) => state);
        expect(new Set(names).size).toBe(names.length);
        expect(shown.every(({ count }) => count > 0)).toBe(true);
      }),
    );
  });

  it('counts a target that needs no change as done', () => {
    expect(
      countDone({ verified: 2, noChanges: 1, merged: 5 } as Record<
        TargetState,
        number
      >),
    ).toBe(3);
  });

  it('never says all or none where it is not so', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), (part, whole) => {
        const percent = sharePercent(part, whole);
        expect(percent === 100).toBe(whole > 0 && part >= whole);
        expect(percent === 0).toBe(whole === 0 || part === 0);
      }),
    );
  });
});
