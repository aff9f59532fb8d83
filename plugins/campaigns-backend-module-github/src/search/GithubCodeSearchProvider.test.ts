import { startGithub, TestGithub } from '../__testUtils__/startGithub';
import { codeSearchText } from './codeSearchText';
import { GithubCodeSearchProvider } from './GithubCodeSearchProvider';
import { toMatches } from './toMatches';

jest.setTimeout(60_000);

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
    expect(
      (await search({ query: 'users_v1', repository: 'acme/warehouse' }))
        .matches,
    ).toHaveLength(1);
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
      }).map(match => match.text),
    ).toEqual(['from users_v1 u', 'join users_v1 v']);
  });
});
