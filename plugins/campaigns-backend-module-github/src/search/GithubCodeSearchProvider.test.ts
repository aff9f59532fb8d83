import { startGithub, TestGithub } from '../__testUtils__/startGithub';
import { GithubClients } from '../forge/GithubClients';
import { codeSearchText, searchScope } from './codeSearchText';
import { GithubCodeSearchProvider } from './GithubCodeSearchProvider';
import { SearchPace } from './SearchPace';
import { toMatches } from './toMatches';

describe('GithubCodeSearchProvider', () => {
  let github: TestGithub;

  beforeAll(async () => {
    github = await startGithub();
    await github.local.admin.createRepository({
      owner: 'acme',
      name: 'hidden-consumer',
      commits: [
        {
          message: 'Begin',
          files: {
            'jobs/a.sql': 'select 1\nfrom `acme.user_data.users_v1` u\n',
            'jobs/b.yaml': 'query: user_data.users_v1\n',
          },
        },
      ],
    });
  });
  afterAll(async () => {
    await github.stop();
  });
  beforeEach(() => {
    github.local.behaviour.reset();
    github.local.admin.resetCounts();
  });

  const search = (
    query: Parameters<GithubCodeSearchProvider['search']>[0],
    patienceMilliseconds?: number,
  ) =>
    GithubCodeSearchProvider.create(github.clients, {
      patienceMilliseconds,
    }).search(query, {
      signal: new AbortController().signal,
      repositories: [github.repository],
    });

  it('finds files in all repositories of the owners that are known', async () => {
    const { matches, incomplete } = await search({ query: 'users_v1' });
    expect(incomplete).toBe(undefined);
    expect(
      matches.map(each => `${each.repository.name}/${each.path}`).sort(),
    ).toEqual([
      'hidden-consumer/jobs/a.sql',
      'hidden-consumer/jobs/b.yaml',
      'warehouse/models/users.sql',
    ]);
    expect(matches.find(each => each.path === 'jobs/a.sql')?.text).toContain(
      'acme.user_data.users_v1',
    );
  });

  it('keeps to extensions, paths and a repository', async () => {
    expect(
      (await search({ query: 'users_v1', extensions: ['yaml'] })).matches,
    ).toHaveLength(1);
    expect(
      (await search({ query: 'users_v1', path: 'jobs' })).matches,
    ).toHaveLength(2);
    for (const repository of ['acme/warehouse', ['acme/warehouse']]) {
      expect(
        (await search({ query: 'users_v1', repository })).matches,
      ).toHaveLength(1);
    }
    expect(
      (await search({ query: 'users_v1', repository: 'other/*' })).matches,
    ).toEqual([]);
  });

  it('tells when the limit cut it, and that it has no regular expressions', async () => {
    github.local.behaviour.set({ codeSearchLimit: 0 });
    expect(await search({ query: 'users_v1' }, 0)).toEqual({
      matches: [],
      incomplete: "GitHub's search limit was reached while searching acme.",
    });
    expect(
      (await search({ query: 'users_v[12]', regex: true })).incomplete,
    ).toMatch(/no regular expressions/);
  });
});

it('reads page after page, and tells that there is more than GitHub gives', async () => {
  const code = jest.fn(async ({ page }: { page: number }) => ({
    headers: {},
    data: {
      total_count: 4_321,
      incomplete_results: false,
      items: Array.from({ length: 100 }, (_, index) => ({
        path: `models/${page}-${index}.sql`,
        repository: { name: 'warehouse', owner: { login: 'acme' } },
      })),
    },
  }));
  const clients = {
    host: 'github.com',
    limitsOf: () => 'token',
    forOwner: async () => ({ rest: { search: { code } } }),
  } as unknown as GithubClients;
  const { matches, incomplete } = await GithubCodeSearchProvider.create([
    clients,
  ]).search(
    { query: 'users_v1' },
    {
      signal: new AbortController().signal,
      repositories: [{ host: 'github.com', owner: 'acme', name: 'warehouse' }],
    },
  );
  expect(code).toHaveBeenCalledTimes(10);
  expect(new Set(matches.map(match => match.path)).size).toBe(1_000);
  expect(incomplete).toBe(
    'GitHub has more than the 1,000 files in acme that it shows.',
  );
});

describe('SearchPace', () => {
  const signal = new AbortController().signal;
  const paceAt = () => {
    const clock = { now: 1_000_000 };
    const pace = new SearchPace(
      { requests: 2, windowMilliseconds: 60_000 },
      () => clock.now,
    );
    return { clock, pace };
  };

  it('lets as many begin in a window as are allowed, and says when the next may', async () => {
    const { clock, pace } = paceAt();
    const none = { milliseconds: 0 };
    expect(await pace.take(none, signal)).toBe(true);
    clock.now += 10_000;
    expect(await pace.take(none, signal)).toBe(true);
    expect(await pace.take({ milliseconds: 49_999 }, signal)).toBe(false);
    expect(pace.delay).toBe(50_000);
    clock.now += 50_000;
    expect(await pace.take(none, signal)).toBe(true);
    expect(pace.delay).toBe(10_000);
  });

  it('obeys what GitHub says of its count, which other processes share', () => {
    const { clock, pace } = paceAt();
    const headers = (remaining: number, inSeconds: number) => ({
      'x-ratelimit-limit': '10',
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset': String(clock.now / 1_000 + inSeconds),
    });
    pace.observe(headers(3, 40));
    expect(pace.delay).toBe(0);
    pace.observe(headers(0, 40));
    expect(pace.delay).toBe(40_000);
    pace.observe(headers(0, 40_000));
    expect(pace.delay).toBe(60_000);
    pace.block(90_000);
    expect(pace.delay).toBe(90_000);
  });

  it('has no limit where a server tells none', async () => {
    const { pace } = paceAt();
    pace.observe({});
    for (let turn = 0; turn < 50; turn++) {
      expect(await pace.take({ milliseconds: 0 }, signal)).toBe(true);
    }
  });

  it('ends with whoever waits', async () => {
    const { pace } = paceAt();
    pace.block(60_000);
    const controller = new AbortController();
    const waiting = pace.take({ milliseconds: 100_000 }, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
  });
});

describe('searchScope', () => {
  it.each([
    [[], 'user:acme'],
    [['acme/ads'], 'repo:acme/ads'],
    [['github.com/ACME/ads', 'acme/web'], 'repo:ACME/ads repo:acme/web'],
    [['acme/ads', 'acme/*'], 'user:acme'],
    [['*/ads'], 'user:acme'],
  ])('%j: %s', (named, expected) => {
    expect(searchScope('acme', named)).toBe(expected);
  });
});

describe('codeSearchText', () => {
  it('lets no query leave its quotes or its scope', () => {
    expect(
      codeSearchText(
        {
          query: 'a" org:other "b',
          extensions: ['sql org:other'],
          path: '/x y',
        },
        'user:acme',
      ),
    ).toBe('"a org:other b" in:file user:acme extension:sqlorgother path:xy');
    expect(
      codeSearchText({ query: 'users', languages: ['yaml'] }, 'user:acme'),
    ).toBe('"users" in:file user:acme extension:yaml extension:yml');
  });
});

describe('toMatches', () => {
  it('gives each matching line of the fragments once', () => {
    const fragment = 'a\nfrom users_v1 u\njoin users_v1 v';
    expect(
      toMatches('github.com', {
        path: 'a.sql',
        repository: { name: 'n', owner: { login: 'o' } },
        text_matches: [
          {
            property: 'content',
            fragment,
            matches: [
              { indices: [7, 15] },
              { indices: [7, 15] },
              { indices: [23, 31] },
            ],
          },
        ],
      }).map(({ text, ranges }) => [text, ranges]),
    ).toEqual([
      ['from users_v1 u', [[5, 13]]],
      ['join users_v1 v', [[5, 13]]],
    ]);
  });
});
