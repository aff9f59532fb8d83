import fc from 'fast-check';
import {
  component,
  consumer,
  contents,
  found,
  scopeOf,
  search,
} from './__testUtils__/scopeBuilders';
import { repositoryKey } from './repositoryKey';
import { FileFinding, RepositoryContents } from './types';

describe('joinScope, whatever the input', () => {
  const name = fc.constantFrom('a', 'B', 'b');
  const path = fc.constantFrom('', 'x', 'x/y', 'z', 'x/y/w');
  const consumers = fc.array(
    fc
      .tuple(name, fc.integer({ min: 1, max: 3 }), path)
      .map(([repository, depth, folder]) =>
        consumer(repository, depth, folder),
      ),
    { maxLength: 8 },
  );
  const hitPath = fc.constantFrom('q.sql', 'x/q.sql', 'x/y/q.sql', 'z/a.md');
  const searches = fc.array(
    fc
      .array(fc.tuple(name, hitPath, fc.integer({ min: 1, max: 3 })), {
        maxLength: 6,
      })
      .map(places =>
        search(
          ...places.map(([repository, file, line]): [string, string] => [
            repository,
            `${file}:${line}`,
          ]),
        ),
      ),
    { maxLength: 3 },
  );
  const catalog = fc.array(
    fc
      .tuple(name, path, fc.constantFrom('one', 'two', 'three'))
      .map(([repository, folder, entity]) =>
        component(repository, folder, entity),
      ),
    { maxLength: 4 },
  );
  const code = fc.dictionary(
    fc.constantFrom('a', 'b'),
    fc.oneof(
      fc.constant<RepositoryContents>({ state: 'skipped' }),
      fc.constant<RepositoryContents>({ state: 'unreadable', problem: 'no' }),
      fc
        .tuple(
          fc.dictionary(path, fc.constantFrom('dbt', 'scio')),
          fc.dictionary(
            hitPath,
            fc
              .constantFrom<FileFinding['kind']>(
                'reads',
                'writes',
                'other',
                'mention',
                'unclear',
              )
              .map(kind => found(kind, 1)),
          ),
          fc.boolean(),
        )
        .map(([folders, findings, archived]) =>
          contents(folders, findings, { archived }),
        ),
    ),
  );
  const input = fc.record({ consumers, searches, catalog });

  it('accounts for each consumer and each hit in exactly one decision', () => {
    fc.assert(
      fc.property(input, code, (each, of) => {
        const decisions = scopeOf(each, of);
        const keys = decisions.map(
          ({ repository, path: folder }) =>
            `${repositoryKey(repository)}//${folder}`,
        );
        expect(new Set(keys).size).toBe(keys.length);
        const hits = each.searches.flatMap(one => one.hits);
        const total = decisions
          .flatMap(decision => decision.reasons)
          .reduce(
            (sum, reason) =>
              sum + (reason.type === 'search' ? reason.total : 0),
            0,
          );
        expect(total).toBe(hits.length);
        for (const decision of decisions) {
          expect(decision.reason).not.toBe('');
          expect(decision.reasons.length).toBeGreaterThan(0);
        }
        // Lineage reasons are told apart by their path, and so by repository and depth here.
        const ways = (list: Array<[string, number]>) =>
          new Set(list.map(([title, depth]) => `${title} ${depth}`));
        expect(
          ways(
            decisions
              .flatMap(decision => decision.reasons)
              .flatMap(reason =>
                reason.type === 'lineage'
                  ? [[reason.path[reason.path.length - 1], reason.depth]]
                  : [],
              ) as Array<[string, number]>,
          ),
        ).toEqual(
          ways(
            each.consumers.map(({ consumer: { node } }) => [
              node.title,
              node.depth,
            ]),
          ),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same for inputs in another order', () => {
    const shuffled = input.chain(each =>
      fc.tuple(
        fc.constant(each),
        fc.record({
          consumers: shuffle(each.consumers),
          searches: shuffle(each.searches).chain(all =>
            fc.tuple(
              ...all.map(one =>
                shuffle(one.hits).map(hits => ({ ...one, hits })),
              ),
            ),
          ),
          catalog: shuffle(each.catalog),
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, code, ([one, other], of) => {
        expect(scopeOf(other, of)).toEqual(scopeOf(one, of));
      }),
      { numRuns: 400 },
    );
  });

  function shuffle<T>(items: T[]): fc.Arbitrary<T[]> {
    return fc.shuffledSubarray(items, { minLength: items.length });
  }
});
