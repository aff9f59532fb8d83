import fc from 'fast-check';
import { diffScope, factsOf, KnownPlace, placeKey } from './diffScope';
import { ScopeDecision } from './types';

const decision: fc.Arbitrary<ScopeDecision> = fc.record({
  repository: fc.record({
    host: fc.constant('h'),
    owner: fc.constantFrom('a', 'b'),
    name: fc.constantFrom('x', 'y'),
  }),
  path: fc.constantFrom('', 'dbt'),
  framework: fc.constantFrom('dbt', 'scio'),
  ownerRef: fc.option(fc.constantFrom('group:default/a'), { nil: undefined }),
  decision: fc.constantFrom('in' as const, 'out' as const, 'unsure' as const),
  reason: fc.constantFrom('3 lines', '4 lines'),
  reasons: fc.array(
    fc.oneof(
      fc.record({
        type: fc.constant('search' as const),
        query: fc.constantFrom('users_v1', 'users'),
        provider: fc.constant('built-in'),
        matches: fc.array(
          fc.record({
            path: fc.constant('a.sql'),
            line: fc.nat(9),
            text: fc.constant('x'),
          }),
          { maxLength: 2 },
        ),
        total: fc.nat(9),
      }),
      fc.record({
        type: fc.constant('lineage' as const),
        providers: fc.constant<string[]>(['dbt']),
        path: fc.constantFrom<string[]>(['a', 'b'], ['a', 'c', 'b']),
        depth: fc.constant(1),
      }),
    ),
    { maxLength: 2 },
  ),
});
const scope = fc.uniqueArray(decision, { selector: placeKey, maxLength: 6 });
const knownOf = (decisions: ScopeDecision[]): KnownPlace[] =>
  decisions.map(each => ({
    repository: each.repository,
    path: each.path,
    facts: factsOf(each),
  }));
const keysOf = (
  changes: ReturnType<typeof diffScope>,
  kind: 'came' | 'went' | 'changed',
) =>
  changes
    .filter(change => change.kind === kind)
    .map(placeKey)
    .sort();

describe('diffScope', () => {
  it('finds nothing between a scope and itself, in whatever order', () => {
    fc.assert(
      fc.property(scope, decisions => {
        const known = knownOf(decisions).reverse();
        expect(diffScope(known, decisions)).toEqual([]);
      }),
    );
  });

  it('names what came and what went, and the other way round backwards', () => {
    fc.assert(
      fc.property(scope, scope, (one, other) => {
        const there = diffScope(knownOf(one), other);
        const back = diffScope(knownOf(other), one);
        expect(keysOf(there, 'came')).toEqual(keysOf(back, 'went'));
        expect(keysOf(there, 'changed')).toEqual(keysOf(back, 'changed'));
        const before = new Set(one.map(placeKey));
        expect(keysOf(there, 'came')).toEqual(
          other
            .map(placeKey)
            .filter(key => !before.has(key))
            .sort(),
        );
      }),
    );
  });

  it('says that a place came again which was gone in the snapshot before', () => {
    fc.assert(
      fc.property(decision, each => {
        const { repository, path } = each;
        expect(diffScope([{ repository, path }], [each])).toMatchObject([
          { kind: 'came', path },
        ]);
        expect(diffScope([{ repository, path }], [])).toEqual([]);
      }),
    );
  });

  it('makes nothing of matches that only moved to other lines', () => {
    const place = (line: number, reason: string): ScopeDecision => ({
      repository: { host: 'h', owner: 'a', name: 'x' },
      path: '',
      framework: 'dbt',
      decision: 'in',
      reason,
      reasons: [
        {
          type: 'search',
          query: 'users_v1',
          provider: 'built-in',
          matches: [{ path: 'a.sql', line, text: 'users_v1' }],
          total: line,
        },
      ],
    });
    expect(
      diffScope(knownOf([place(1, '1 line')]), [place(7, '7 lines')]),
    ).toEqual([]);
  });
});
