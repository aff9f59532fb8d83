import fc from 'fast-check';
import { countScope } from './countScope';

const target = fc.record({
  framework: fc.constantFrom('dbt', 'scio', 'constructor'),
  ownerRef: fc.constantFrom(undefined, 'group:default/a', 'group:default/b'),
});

function countsOf(names: Array<string | undefined>): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

describe('countScope', () => {
  it('counts what is in scope, whatever else was found', () => {
    fc.assert(
      fc.property(fc.array(target), fc.array(target), (inScope, others) => {
        const all = [...inScope, ...others];
        const facets = {
          frameworks: countsOf(all.map(({ framework }) => framework)),
          owners: countsOf(all.map(({ ownerRef }) => ownerRef)),
        };

        expect(countScope(facets, others)).toEqual({
          frameworks: countsOf(inScope.map(({ framework }) => framework)),
          owners: countsOf(inScope.map(({ ownerRef }) => ownerRef)),
        });
      }),
    );
  });
});
