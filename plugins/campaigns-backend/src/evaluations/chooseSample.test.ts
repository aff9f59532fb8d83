import fc from 'fast-check';
import { chooseSample, SampleTarget } from './chooseSample';

const targets: fc.Arbitrary<SampleTarget[]> = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    framework: fc.constantFrom('dbt', 'scio', 'bigquery-runner', 'other'),
    ownerRef: fc.constantFrom('group:a', 'group:b', 'group:c', undefined),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);
const size = fc.integer({ min: 1, max: 70 });

const idsOf = (sample: SampleTarget[]) => sample.map(({ id }) => id);
const count = <T>(items: T[], has: (item: T) => boolean) =>
  items.filter(has).length;

describe('chooseSample', () => {
  it('takes so many, each once, and all where there are fewer', () => {
    fc.assert(
      fc.property(targets, size, (all, wanted) => {
        const sample = chooseSample(all, wanted);
        expect(sample).toHaveLength(Math.min(wanted, all.length));
        expect(new Set(sample).size).toBe(sample.length);
        expect(all).toEqual(expect.arrayContaining(sample));
      }),
    );
  });

  it('is the same whatever order the targets come in, and grows', () => {
    const shuffledTargets = targets.chain(all =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(all, {
          minLength: all.length,
          maxLength: all.length,
        }),
      ),
    );
    fc.assert(
      fc.property(shuffledTargets, size, ([all, shuffled], wanted) => {
        const sample = chooseSample(all, wanted);
        expect(idsOf(chooseSample(shuffled, wanted))).toEqual(idsOf(sample));
        expect(idsOf(chooseSample(all, wanted + 1)).slice(0, wanted)).toEqual(
          idsOf(sample),
        );
      }),
    );
  });

  it('has each framework where the size allows it, and none out of proportion', () => {
    fc.assert(
      fc.property(targets, size, (all, wanted) => {
        const sample = chooseSample(all, wanted);
        const frameworks = [...new Set(all.map(each => each.framework))];
        const present = new Set(sample.map(each => each.framework));
        expect(present.size).toBe(Math.min(frameworks.length, wanted));
        for (const framework of frameworks) {
          const of = (each: SampleTarget) => each.framework === framework;
          const share = (count(all, of) * sample.length) / all.length;
          expect(count(sample, of)).toBeLessThan(share + frameworks.length);
        }
      }),
    );
  });

  it('takes one of each owner before a second of any', () => {
    fc.assert(
      fc.property(targets, size, (all, wanted) => {
        const sample = chooseSample(all, wanted);
        for (const framework of new Set(all.map(each => each.framework))) {
          const own = all.filter(each => each.framework === framework);
          const chosen = sample.filter(each => each.framework === framework);
          const most = Math.max(
            ...chosen.map(one =>
              count(chosen, each => each.ownerRef === one.ownerRef),
            ),
            0,
          );
          for (const { ownerRef } of own) {
            const of = (each: SampleTarget) => each.ownerRef === ownerRef;
            expect(count(chosen, of)).toBeGreaterThanOrEqual(
              Math.min(most - 1, count(own, of)),
            );
          }
        }
      }),
    );
  });
});
