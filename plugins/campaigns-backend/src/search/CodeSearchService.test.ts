import { mockCredentials } from '@backstage/backend-test-utils';
import {
  CodeSearchRequest,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  CodeSearchMatch,
  CodeSearchProvider,
} from '@skein/plugin-campaigns-node';
import {
  CodeSearchService,
  CodeSearchServiceOptions,
} from './CodeSearchService';

const ref = (name: string): RepositoryRef => ({
  host: 'forge.example',
  owner: 'acme',
  name,
});
const component = (
  name: string,
  owner?: string,
  path = '',
): CatalogRepository => ({
  repository: ref(name),
  path,
  entityRef: `component:default/${name}`,
  ownerRef: owner && `group:default/${owner}`,
  title: name,
});
const match = (name: string, path: string, line?: number): CodeSearchMatch => ({
  repository: ref(name),
  path,
  line,
  text: 'from users_v1',
  ranges: [[5, 13]],
});
const provider = (
  id: string,
  matches: CodeSearchMatch[],
  more: Partial<CodeSearchProvider> & { incomplete?: string } = {},
): CodeSearchProvider => {
  const { incomplete, ...others } = more;
  return {
    id,
    title: `Search ${id}`,
    search: async () => ({ matches, incomplete }),
    ...others,
  };
};

const alice = mockCredentials.user('user:default/alice');
const bob = mockCredentials.user('user:default/bob');
const query = { query: 'users_v1' };

function search(
  options: Partial<CodeSearchServiceOptions>,
  request: Partial<CodeSearchRequest> = {},
  {
    credentials = alice,
    signal = new AbortController().signal,
  }: { credentials?: typeof alice; signal?: AbortSignal } = {},
) {
  return CodeSearchService.create({
    providers: [],
    source: {
      head: async () => {
        throw new Error('It cannot be read');
      },
      readFiles: async () => new Map(),
    },
    listRepositories: async () => ['web', 'ads'].map(name => component(name)),
    ...options,
  }).search({ query, ...request }, { credentials, signal });
}

describe('CodeSearchService', () => {
  it('shows nobody what the catalog does not show them, not even a count', async () => {
    const asked: RepositoryRef[][] = [];
    const options: Partial<CodeSearchServiceOptions> = {
      providers: [
        provider('a', [], {
          search: async (_query, { repositories }) => {
            asked.push(repositories);
            return {
              matches: ['web', 'secret', 'elsewhere'].map(name =>
                match(name, 'a.sql', 1),
              ),
            };
          },
        }),
      ],
      listRepositories: async credentials =>
        (credentials === alice ? ['web', 'secret'] : ['web']).map(name =>
          component(name),
        ),
    };
    const forAlice = await search(options);
    expect(forAlice.totals.repositories).toBe(2);
    const forBob = await search(options, {}, { credentials: bob });
    expect(forBob).toMatchObject({
      searchedRepositories: 1,
      totals: { repositories: 1, files: 1, lines: 1 },
      owners: [{ repositories: 1, lines: 1 }],
      providers: [{ lines: 1 }],
    });
    expect(JSON.stringify(forBob)).not.toMatch(/secret|elsewhere/);
    expect(asked[1]).toEqual([ref('web')]);
  });

  it('joins what several providers found, and counts by repository and by owner', async () => {
    const report = await search({
      listRepositories: async () => [
        component('web', 'front'),
        component('ads', 'sales', 'pipelines/daily'),
        component('ads', 'growth'),
      ],
      providers: [
        provider('a', [
          match('web', 'b.sql', 3),
          match('ads', 'pipelines/daily/a.sql', 1),
          match('ads', 'pipelines/daily/a.sql', 2),
        ]),
        provider(
          'b',
          [match('WEB', 'b.sql', 3), match('ads', 'other.sql', 9)],
          { incomplete: 'There may be more.' },
        ),
      ],
    });
    expect(report.totals).toEqual({ repositories: 2, files: 3, lines: 4 });
    expect(
      report.owners.map(each => [each.ownerRef, each.repositories, each.lines]),
    ).toEqual([
      ['group:default/sales', 1, 2],
      ['group:default/front', 1, 1],
      ['group:default/growth', 1, 1],
    ]);
    expect(
      report.repositories.map(each => [
        each.repository.name,
        each.lines,
        each.results.map(file => file.path),
      ]),
    ).toEqual([
      ['ads', 3, ['other.sql', 'pipelines/daily/a.sql']],
      ['web', 1, ['b.sql']],
    ]);
    expect(report.repositories[1].results[0].matches).toEqual([
      {
        line: 3,
        text: 'from users_v1',
        ranges: [[5, 13]],
        providers: ['a', 'b'],
      },
    ]);
    expect(report.providers).toMatchObject([
      { id: 'a', lines: 3 },
      { id: 'b', lines: 2, incomplete: 'There may be more.' },
    ]);
  });

  it('finds the lines that a provider does not tell, and drops files that do not hold the words', async () => {
    const files = new Map([
      ['a.sql', 'select 1\r\nfrom USERS_V1 u -- ü users_v1\r\n'],
      ['stale.sql', 'from users v1\n'],
    ]);
    const report = await search({
      source: {
        head: async repository => {
          if (repository.name === 'ads') throw new Error('It cannot be read');
          return { repository, branch: 'main', commit: 'c', gitDir: '' };
        },
        readFiles: async (_head, paths) =>
          new Map(
            paths.flatMap(path => {
              const text = files.get(path);
              return text === undefined ? [] : [[path, text] as const];
            }),
          ),
      },
      providers: [
        provider('a', [
          match('web', 'a.sql'),
          match('web', 'stale.sql'),
          match('web', 'gone.sql'),
          match('ads', 'a.sql'),
        ]),
      ],
    });
    expect(
      report.repositories.map(each => [each.repository.name, each.results]),
    ).toEqual([
      [
        'ads',
        [
          {
            path: 'a.sql',
            lines: 1,
            matches: [
              {
                text: 'from users_v1',
                ranges: [[5, 13]],
                providers: ['a'],
              },
            ],
          },
        ],
      ],
      [
        'web',
        [
          {
            path: 'a.sql',
            lines: 1,
            matches: [
              {
                line: 2,
                text: 'from USERS_V1 u -- ü users_v1',
                ranges: [
                  [5, 13],
                  [21, 29],
                ],
                providers: ['a'],
              },
            ],
          },
        ],
      ],
    ]);
  });

  it('keeps to the query where a provider does not', async () => {
    const report = await search(
      {
        providers: [
          provider('a', [
            match('web', 'models/a.sql', 1),
            match('web', 'models/a.md', 1),
            match('web', 'b.sql', 1),
            match('ads', 'models/a.sql', 1),
          ]),
        ],
      },
      {
        query: {
          ...query,
          languages: ['sql'],
          path: 'models',
          repository: 'acme/we*',
        },
      },
    );
    expect(report.searchedRepositories).toBe(1);
    expect(report.totals).toEqual({ repositories: 1, files: 1, lines: 1 });
  });

  it('loses one provider alone when it fails or does not answer', async () => {
    const report = await search({
      timeoutMilliseconds: 20,
      graceMilliseconds: 0,
      providers: [
        provider('broken', [], {
          search: async () => {
            throw new Error('The server is away\nwith a stack');
          },
        }),
        provider('slow', [], {
          search: (_query, { signal }) =>
            new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason));
            }),
        }),
        provider('works', [match('web', 'a.sql', 1)]),
      ],
    });
    expect(report.totals.lines).toBe(1);
    expect(report.providers.map(({ error }) => error)).toEqual([
      'The server is away',
      expect.stringMatching(/^No answer in/),
      undefined,
    ]);
  });

  it('asks those that can answer and those that are wanted', async () => {
    const words = provider('words', [], {
      cannotAnswer: ({ regex }) => (regex ? 'Words alone.' : undefined),
    });
    const patterns = provider('patterns', []);
    const providers = [words, patterns];
    const regex = { query: 'users_v[12]', regex: true };
    const ids = async (request: Partial<CodeSearchRequest>) =>
      (await search({ providers }, request)).providers.map(each => each.id);
    expect(await ids({})).toEqual(['words', 'patterns']);
    expect(await ids({ query: regex })).toEqual(['patterns']);
    expect(await ids({ providers: ['words'] })).toEqual(['words']);
    await expect(ids({ query: regex, providers: ['words'] })).rejects.toThrow(
      'Words alone.',
    );
    await expect(ids({ providers: ['none'] })).rejects.toThrow(
      /no code search 'none'; there are: words, patterns/,
    );
    await expect(ids({ query: { query: '(', regex: true } })).rejects.toThrow(
      /not a regular expression/,
    );
    await expect(search({ providers: [] })).rejects.toThrow(
      /No code search is installed/,
    );
  });

  it('ends with the one who asked', async () => {
    const controller = new AbortController();
    let stopped = false;
    const asked = search(
      {
        providers: [
          provider('slow', [], {
            search: (_query, { signal }) =>
              new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () => {
                  stopped = true;
                  reject(signal.reason);
                });
                controller.abort();
              }),
          }),
        ],
      },
      {},
      { signal: controller.signal },
    );
    await expect(asked).rejects.toThrow(/abort/i);
    expect(stopped).toBe(true);
  });

  it('gives so much of many matches, and counts all', async () => {
    const names = Array.from({ length: 250 }, (_each, index) => `r${index}`);
    const report = await search({
      listRepositories: async () => names.map(name => component(name)),
      providers: [
        provider(
          'a',
          names.flatMap(name => [
            ...Array.from({ length: name === 'r7' ? 30 : 1 }, (_each, file) =>
              match(name, `${file}.sql`, 1),
            ),
            ...Array.from({ length: 15 }, (_each, line) =>
              match(name, '0.sql', line + 2),
            ),
          ]),
        ),
      ],
    });
    expect(report.totals).toEqual({
      repositories: 250,
      files: 279,
      lines: 250 * 16 + 29,
    });
    expect(report.repositories).toHaveLength(200);
    const [first] = report.repositories;
    expect(first).toMatchObject({ files: 30, lines: 45 });
    expect(first.repository.name).toBe('r7');
    expect(first.results).toHaveLength(20);
    expect(first.results[0]).toMatchObject({ path: '0.sql', lines: 16 });
    expect(first.results[0].matches).toHaveLength(10);
  });
});
