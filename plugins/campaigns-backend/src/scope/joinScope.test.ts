import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { joinScope } from './joinScope';
import { repositoryKey } from './repositoryKey';
import {
  FileFinding,
  RepositoryContents,
  ScopeConsumer,
  ScopeInput,
  SearchHits,
} from './types';

const repo = (name: string) => ({ host: 'github.com', owner: 'acme', name });

const spec = (
  scope: Partial<CampaignSpec['scope']> = {},
  outputs: 'preserve' | 'rename' = 'preserve',
): ScopeInput['spec'] => ({
  datasets: [],
  transform: [{ mapping: { outputs } }],
  scope: { codeSearch: [], frameworks: {}, repositories: {}, ...scope },
});

const consumer = (
  name: string,
  depth = 1,
  path = '',
  more: Partial<ScopeConsumer['consumer']['node']> = {},
): ScopeConsumer => {
  const dataset = (title: string, at: number) => ({
    id: title,
    kind: 'dataset' as const,
    name: title,
    title,
    depth: at,
  });
  const node = {
    id: `${name}/${path}`,
    kind: 'job' as const,
    name: `github.com/acme/${name}//${path}`,
    title: name,
    repository: repo(name),
    path,
    depth,
    ...more,
  };
  return {
    dataset: 'x.users_v1',
    consumer: {
      node,
      providers: ['catalog'],
      path: [
        dataset('x.users_v1', 0),
        ...(depth > 1
          ? [{ ...node, title: `segments${depth}` }, dataset('x.out', 1)]
          : []),
        node,
      ],
    },
  };
};

const search = (...places: Array<[string, string]>): SearchHits => ({
  query: { query: 'users_v1' },
  provider: 'git-grep',
  hits: places.map(([name, place]) => {
    const [path, line] = place.split(':');
    return {
      repository: repo(name),
      path,
      line: Number(line),
      text: 'users_v1',
    };
  }),
});

const found = (kind: FileFinding['kind'], ...lines: number[]): FileFinding => ({
  kind,
  detail:
    {
      reads: 'reads it',
      writes: 'writes it',
      other: 'x.other.users_v1',
      mention: 'in comments',
      unclear: 'is there, but not in a way that could be resolved',
    }[kind] ?? '',
  lines,
});

const contents = (
  folders: Record<string, string>,
  findings: Record<string, FileFinding> = {},
  more: { archived?: boolean; codeowners?: string } = {},
): RepositoryContents => ({
  state: 'read',
  archived: false,
  folders: Object.entries(folders).map(([path, framework]) => ({
    path,
    framework,
  })),
  findings: new Map(Object.entries(findings)),
  ...more,
});

const component = (
  name: string,
  path = '',
  entity = name,
): CatalogRepository => ({
  repository: repo(name),
  path,
  entityRef: `component:default/${entity}`,
  ownerRef: `group:default/${entity}-team`,
  title: entity,
});

function scopeOf(
  input: Partial<ScopeInput>,
  of: Record<string, RepositoryContents> = {},
) {
  return joinScope({
    spec: spec(),
    consumers: [],
    searches: [],
    catalog: [],
    contents: new Map(
      Object.entries(of).map(([name, each]) => [
        repositoryKey(repo(name)),
        each,
      ]),
    ),
    ...input,
  });
}

const brief = (
  input: Partial<ScopeInput>,
  of: Record<string, RepositoryContents> = {},
) =>
  scopeOf(input, of).map(
    ({ repository, path, framework, decision, reason }) =>
      `${repository.name}/${path} ${framework} ${decision}: ${reason}`,
  );

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

  describe('whatever the input', () => {
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
});
