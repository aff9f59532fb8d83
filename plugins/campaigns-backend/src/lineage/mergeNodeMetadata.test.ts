import fc from 'fast-check';
import { mergeNodeMetadata, NodeWitness } from './mergeNodeMetadata';

describe('mergeNodeMetadata', () => {
  it("takes the catalog's owner before any other's", () => {
    expect(
      mergeNodeMetadata([
        {
          provider: 'aardvark',
          metadata: { ownerRef: 'group:default/others', framework: 'dbt' },
        },
        {
          provider: 'catalog',
          metadata: { ownerRef: 'group:default/insights' },
        },
      ]),
    ).toMatchObject({ ownerRef: 'group:default/insights', framework: 'dbt' });
  });

  it('takes a path from the source of the repository alone', () => {
    const repository = { host: 'github.com', owner: 'acme', name: 'warehouse' };
    expect(
      mergeNodeMetadata([
        { provider: 'catalog', metadata: { path: 'elsewhere' } },
        { provider: 'dbt', metadata: { repository } },
      ]),
    ).toMatchObject({ repository, path: '' });
  });

  it('does not depend on the order in which sources are read', () => {
    const text = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
    const witnesses: fc.Arbitrary<NodeWitness[]> = fc.uniqueArray(
      fc.record({
        provider: fc.constantFrom('catalog', 'dbt', 'openlineage', 'sql'),
        metadata: fc.record({
          title: text,
          entityRef: text,
          ownerRef: text,
          framework: text,
        }),
      }),
      { selector: witness => witness.provider },
    );
    fc.assert(
      fc.property(
        witnesses.chain(all =>
          fc.tuple(
            fc.constant(all),
            fc.shuffledSubarray(all, { minLength: all.length }),
          ),
        ),
        ([all, shuffled]) => {
          expect(mergeNodeMetadata(shuffled)).toEqual(mergeNodeMetadata(all));
        },
      ),
    );
  });
});
