import { CampaignSpec } from '@skein/plugin-campaigns-common';
import {
  brief,
  component,
  consumer,
  contents,
  found,
  repo,
  scopeOf,
  search,
  spec,
} from './__testUtils__/scopeBuilders';
import { FileFinding } from './types';

describe('joinScope', () => {
  it('takes a direct consumer in, with or without what search finds', () => {
    expect(
      brief(
        {
          consumers: [consumer('a'), consumer('b')],
          searches: [search(['b', 'q.sql:3'], ['b', 'q.sql:9'])],
        },
        {
          a: contents({ '': 'dbt' }),
          b: contents({ '': 'dbt' }, { 'q.sql': found('reads', 3, 9) }),
        },
      ),
    ).toEqual([
      'a/ dbt in: Reads x.users_v1, says lineage; code search does not find the name there',
      'b/ dbt in: Reads x.users_v1: q.sql:3 and 1 more place',
    ]);
  });

  it('takes in what lineage misses and search finds, if it is a reference', () => {
    const [decision] = scopeOf(
      {
        searches: [search(['a', 'dbt/q.sql:3'])],
        catalog: [component('a')],
      },
      {
        a: contents({ dbt: 'dbt' }, { 'dbt/q.sql': found('reads', 3) }),
      },
    );
    expect(decision).toEqual({
      repository: repo('a'),
      path: 'dbt',
      framework: 'dbt',
      entityRef: 'component:default/a',
      ownerRef: 'group:default/a-team',
      decision: 'in',
      reason: 'Found by code search: dbt/q.sql:3',
      reasons: [
        {
          type: 'search',
          query: 'users_v1',
          provider: 'git-grep',
          matches: [{ path: 'dbt/q.sql', line: 3, text: 'users_v1' }],
          total: 1,
        },
      ],
    });
  });

  it.each([
    [found('mention', 4), 'out: Named only in comments: q.sql:4'],
    [
      found('other', 4),
      'out: Names another dataset, x.other.users_v1: q.sql:4',
    ],
    [
      found('unclear', 4),
      'unsure: The name is there, but not in a way that could be resolved: q.sql:4',
    ],
    [found('writes', 4), 'unsure: Writes the dataset that is retired: q.sql:4'],
  ])(
    'decides hits without a read by what they are: %j',
    (finding, expected) => {
      expect(
        brief(
          { searches: [search(['a', 'q.sql:4'])] },
          { a: contents({ '': 'dbt' }, { 'q.sql': finding }) },
        ),
      ).toEqual([`a/ dbt ${expected}`]);
    },
  );

  it('leaves an indirect consumer out, unless its code names the dataset', () => {
    const of = (finding: FileFinding) =>
      brief(
        {
          consumers: [consumer('a', 2)],
          searches: [search(['a', 'q.sql:3'])],
        },
        { a: contents({ '': 'dbt' }, { 'q.sql': finding }) },
      );
    expect(of(found('mention', 3))).toEqual([
      'a/ dbt out: Reads x.out, whose output stays the same',
    ]);
    expect(of(found('reads', 3))).toEqual([
      'a/ dbt in: Found by code search: q.sql:3',
    ]);
  });

  it('asks a person about an indirect consumer where outputs are renamed', () => {
    expect(
      brief(
        { spec: spec({}, 'rename'), consumers: [consumer('a', 2)] },
        { a: contents({ '': 'dbt' }) },
      ),
    ).toEqual([
      'a/ dbt unsure: Reads x.out, whose columns this campaign renames',
    ]);
  });

  it('keeps the shortest way and every reason', () => {
    const [decision] = scopeOf(
      { consumers: [consumer('a', 2), consumer('a', 1)] },
      { a: contents({ '': 'dbt' }) },
    );
    expect(decision.decision).toBe('in');
    expect(decision.reasons).toEqual([
      {
        type: 'lineage',
        providers: ['catalog'],
        path: ['x.users_v1', 'a'],
        depth: 1,
      },
      {
        type: 'lineage',
        providers: ['catalog'],
        path: ['x.users_v1', 'segments2', 'x.out', 'a'],
        depth: 2,
      },
    ]);
  });

  it('splits a repository into its folders, each with its owner', () => {
    const decisions = scopeOf(
      {
        consumers: [
          consumer('mono', 1, 'jobs/a'),
          consumer('mono', 1, 'jobs/b'),
        ],
        searches: [
          search(['mono', 'jobs/b/sql/q.sql:1'], ['mono', 'README.md:5']),
        ],
        catalog: [component('mono', 'jobs/a', 'alpha'), component('other')],
      },
      {
        mono: contents(
          { 'jobs/a': 'bigquery-runner', 'jobs/b': 'bigquery-runner' },
          {
            'jobs/b/sql/q.sql': found('reads', 1),
            'README.md': found('mention', 5),
          },
          { codeowners: '* @acme/all\n/jobs/b/ @acme/beta' },
        ),
      },
    );
    expect(
      decisions.map(({ path, decision, ownerRef, entityRef }) => [
        path,
        decision,
        ownerRef,
        entityRef,
      ]),
    ).toEqual([
      ['', 'out', 'group:default/alpha-team', 'component:default/alpha'],
      ['jobs/a', 'in', 'group:default/alpha-team', 'component:default/alpha'],
      ['jobs/b', 'in', 'group:default/beta', undefined],
    ]);
  });

  it('lets a rule decide over lineage and search, and says which', () => {
    const input = {
      consumers: [consumer('a')],
      searches: [search(['a', 'q.sql:3'])],
    };
    const code = {
      a: contents({ '': 'scio' }, { 'q.sql': found('reads', 3) }),
    };
    const ruled = (scope: Partial<CampaignSpec['scope']>) =>
      scopeOf({ ...input, spec: spec(scope) }, code)[0];
    expect(ruled({ frameworks: { exclude: ['scio'] } })).toMatchObject({
      decision: 'out',
      reason: 'The campaign leaves out the framework scio',
      reasons: [
        { type: 'lineage' },
        { type: 'search' },
        { type: 'rule', rule: 'frameworks.exclude', decision: 'out' },
      ],
    });
    expect(ruled({ frameworks: { include: ['dbt', 'sql'] } }).reason).toBe(
      'The campaign takes in the frameworks dbt and sql alone, and not scio',
    );
    expect(ruled({ repositories: { exclude: ['acme/*'] } }).reason).toBe(
      'The campaign leaves out acme/*, and so acme/a',
    );
    expect(ruled({ repositories: { include: ['acme/b'] } }).reason).toBe(
      'The campaign takes in acme/b alone, and not acme/a',
    );
    expect(ruled({ repositories: { include: ['acme/a'] } }).decision).toBe(
      'in',
    );
    expect(
      brief(input, { a: contents({ '': 'dbt' }, {}, { archived: true }) }),
    ).toEqual(['a/ dbt out: acme/a is archived: nothing can be changed there']);
  });

  it('asks about a repository that the campaign names and where nothing is found', () => {
    expect(
      brief(
        {
          spec: spec({ repositories: { include: ['acme/a', 'acme/b*'] } }),
          catalog: [component('a'), component('b')],
        },
        { a: contents({ '': 'dbt' }) },
      ),
    ).toEqual([
      'a/ dbt unsure: The campaign names this repository, but neither lineage nor search finds the dataset in it',
    ]);
  });

  it('asks about a repository that cannot be read', () => {
    expect(
      brief(
        { consumers: [consumer('a', 1, 'x', { framework: 'dbt' })] },
        { a: { state: 'unreadable', problem: 'HTTP 502' } },
      ),
    ).toEqual(['a/x dbt unsure: The repository could not be read: HTTP 502']);
  });

  it('takes in code of no known framework, unless that would overlap or frameworks are chosen', () => {
    const input = {
      searches: [search(['a', 'run.py:3'], ['a', 'dbt/q.sql:1'])],
    };
    const findings = {
      'run.py': found('reads', 3),
      'dbt/q.sql': found('reads', 1),
    };
    expect(brief(input, { a: contents({}, findings) })).toEqual([
      'a/ unknown in: Found by code search: dbt/q.sql:1 and 1 more place',
    ]);
    expect(brief(input, { a: contents({ dbt: 'dbt' }, findings) })).toEqual([
      'a/ unknown unsure: Found by code search: run.py:3, outside of the folders that are targets of their own (dbt)',
      'a/dbt dbt in: Found by code search: dbt/q.sql:1',
    ]);
    expect(
      brief(
        { ...input, spec: spec({ frameworks: { include: ['dbt'] } }) },
        { a: contents({}, findings) },
      )[0],
    ).toMatch(/^a\/ unknown unsure: .* its framework is not known/);
  });

  it('finds the one project in a repository that the catalog knows as a whole', () => {
    expect(
      brief(
        { consumers: [consumer('a'), consumer('a', 2, 'dbt')] },
        { a: contents({ dbt: 'dbt' }) },
      ),
    ).toEqual(['a/dbt dbt in: Reads x.users_v1, says lineage']);
  });
});
