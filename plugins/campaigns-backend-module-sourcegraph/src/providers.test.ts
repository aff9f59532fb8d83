import { ConfigReader } from '@backstage/config';
import {
  CodeSearchQuery,
  formatRepositoryRef,
  parseRepositoryRef,
} from '@skein/plugin-campaigns-common';
import {
  CodeSearchOptions,
  CodeSearchProvider,
} from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import {
  answerAsSourcegraph,
  answerAsZoekt,
  Mishaps,
} from './__testUtils__/answers';
import { IndexedFile } from './__testUtils__/corpus';
import { StandIn } from './__testUtils__/StandIn';
import { SourcegraphSearchProvider } from './sourcegraph/SourcegraphSearchProvider';
import { ZoektSearchProvider } from './zoekt/ZoektSearchProvider';

const corpus: IndexedFile[] = [
  {
    repository: 'github.com/acme/warehouse',
    path: 'models/a.sql',
    text: 'select 1\n-- 😀 é users_v1 and USERS_V1\n',
  },
  {
    repository: 'github.com/acme/warehouse',
    path: 'models_old/b.sql',
    text: 'users_v2\n',
  },
  {
    repository: 'github.com/acme/web',
    path: 'src/a.py',
    text: 'x = "users_v1" \\ (old)\n',
  },
  {
    repository: 'github.com/others/web',
    path: 'src/a.py',
    text: 'users_v1\n',
  },
];

const servers = [
  {
    name: 'Sourcegraph',
    answer: answerAsSourcegraph,
    provider: (url: string, more: object = {}): CodeSearchProvider =>
      SourcegraphSearchProvider.fromConfig(
        new ConfigReader({ url, token: 'secret', ...more }),
      ),
  },
  {
    name: 'Zoekt',
    answer: answerAsZoekt,
    provider: (url: string, more: object = {}): CodeSearchProvider =>
      ZoektSearchProvider.fromConfig(
        new ConfigReader({ url: `${url}/`, token: 'secret', ...more }),
      ),
  },
];

describe.each(servers)('$name', ({ answer, provider }) => {
  let standIn: StandIn | undefined;

  afterEach(async () => {
    await standIn?.stop();
    standIn = undefined;
  });

  const start = async (
    respond: Parameters<typeof StandIn.start>[0] = answer(corpus),
    more?: object,
  ) => {
    await standIn?.stop();
    standIn = await StandIn.start(respond);
    return provider(standIn.url, more);
  };
  const optionsOf = (more: Partial<CodeSearchOptions> = {}) => ({
    signal: new AbortController().signal,
    repositories: ['github.com/acme/warehouse', 'github.com/ACME/web'].map(
      name => parseRepositoryRef(name)!,
    ),
    ...more,
  });
  const found = async (
    asked: CodeSearchProvider,
    query: CodeSearchQuery,
    more?: Partial<CodeSearchOptions>,
  ) => {
    const { matches } = await asked.search(query, optionsOf(more));
    return matches
      .map(
        each =>
          `${formatRepositoryRef(each.repository)}/${each.path}:${each.line}`,
      )
      .sort();
  };

  it('finds lines with what matches on them, in all repositories of the owners that are known', async () => {
    const asked = await start();
    const { matches, incomplete } = await asked.search(
      { query: 'users_v1' },
      optionsOf(),
    );
    expect(incomplete).toBe(undefined);
    expect(matches).toEqual([
      {
        repository: parseRepositoryRef('github.com/acme/warehouse'),
        path: 'models/a.sql',
        line: 2,
        text: '-- 😀 é users_v1 and USERS_V1',
        ranges: [
          [8, 16],
          [21, 29],
        ],
      },
      expect.objectContaining({ path: 'src/a.py', line: 1, ranges: [[5, 13]] }),
    ]);
    expect(standIn!.requests[0].headers.authorization).toMatch(/ secret$/);
  });

  it('says all of a query in the language of the server', async () => {
    const asked = await start();
    expect(await found(asked, { query: '" \\ (old)' })).toEqual([
      'github.com/acme/web/src/a.py:1',
    ]);
    expect(
      await found(asked, {
        query: 'users_v[12]\\b',
        regex: true,
        path: 'models',
      }),
    ).toEqual(['github.com/acme/warehouse/models/a.sql:2']);
    expect(await found(asked, { query: 'users', languages: ['sql'] })).toEqual([
      'github.com/acme/warehouse/models/a.sql:2',
      'github.com/acme/warehouse/models_old/b.sql:1',
    ]);
    for (const repository of ['acme/we*', ['x/y', 'github.com/ACME/web']]) {
      expect(await found(asked, { query: 'users_v1', repository })).toEqual([
        'github.com/acme/web/src/a.py:1',
      ]);
    }
    expect(
      await found(asked, { query: 'users_v1', repository: '*/web' }),
    ).toHaveLength(2);
    expect(await found(asked, { query: 'nowhere' })).toEqual([]);
  });

  it('finds words whatever signs they have', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({
          unit: fc.constantFrom(...'ab"\\/ .*+?()[]{}|^$-:@é😀'),
          minLength: 2,
          maxLength: 12,
        }),
        async words => {
          const asked = await start(
            answer([{ ...corpus[0], text: `one\n<${words}>\n` }]),
          );
          const { matches } = await asked.search({ query: words }, optionsOf());
          expect(
            matches.map(({ line, text, ranges }) => [
              line,
              text!.slice(...ranges![0]),
            ]),
          ).toEqual([[2, words]]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('knows the host of names that have none', async () => {
    const asked = await start(
      answer(
        corpus.map(file => ({
          ...file,
          repository: file.repository.replace('github.com/', ''),
        })),
      ),
      { host: 'github.com' },
    );
    expect(
      await found(asked, {
        query: 'users_v1',
        repository: 'github.com/acme/web',
      }),
    ).toEqual(['github.com/acme/web/src/a.py:1']);
    expect(await found(asked, { query: 'users_v1' })).toHaveLength(2);
  });

  it('gives so many lines and says that there are more', async () => {
    const asked = await start(undefined, { mostLines: 1 });
    const { matches, incomplete } = await asked.search(
      { query: 'users_v1' },
      optionsOf(),
    );
    expect(matches).toHaveLength(1);
    expect(incomplete).toMatch(/limit of lines/);
  });

  const mishaps: Array<[Mishaps, RegExp]> = [
    [
      {
        skipped: [{ reason: 'shard-timeout', title: '3 timed out' }],
        stats: { ShardsSkipped: 3 },
      },
      /did not finish in time/,
    ],
    [
      {
        skipped: [{ reason: 'shard-match-limit', title: 'result limit hit' }],
        stats: { FilesSkipped: 9 },
      },
      /limit of lines/,
    ],
    [
      {
        skipped: [{ reason: 'error', title: '1 error' }],
        stats: { Crashes: 1 },
      },
      /A part of it failed/,
    ],
  ];
  it.each(mishaps)(
    'tells what the server left out: %j',
    async (mishap, said) => {
      const asked = await start(answer(corpus, mishap));
      const { incomplete } = await asked.search(
        { query: 'users_v1' },
        optionsOf(),
      );
      expect(incomplete).toMatch(said);
      expect(incomplete).not.toMatch(/\d/);
    },
  );

  it.each([
    [401, {}, /answered 401: no such user.*token/],
    [429, { 'Retry-After': '30' }, /fewer searches, and none for 30 s/],
    [400, {}, /answered 400: no such user/],
    [502, {}, /answered 502/],
  ])('says why there is no answer: %d', async (status, headers, said) => {
    const asked = await start((_request, response) =>
      response.writeHead(status, headers).end('no such user\nand a stack'),
    );
    await expect(
      asked.search({ query: 'users_v1' }, optionsOf()),
    ).rejects.toThrow(said);
  });

  it('says so of an answer that is none, of a redirect, and of a server that is away', async () => {
    let asked = await start((_request, response) =>
      response.writeHead(200).end('event: matches\ndata: <html>\n\n'),
    );
    await expect(
      asked.search({ query: 'users_v1' }, optionsOf()),
    ).rejects.toThrow(/cannot be read/);
    asked = await start((_request, response) =>
      response.writeHead(302, { Location: 'http://elsewhere.example' }).end(),
    );
    await expect(
      asked.search({ query: 'users_v1' }, optionsOf()),
    ).rejects.toThrow(/could not be reached/);
    await standIn!.stop();
    standIn = undefined;
    await expect(
      asked.search({ query: 'users_v1' }, optionsOf()),
    ).rejects.toThrow(/could not be reached/);
  });

  it('leaves the server when nobody waits any more', async () => {
    const controller = new AbortController();
    const asked = await start(() => controller.abort());
    await expect(
      asked.search(
        { query: 'users_v1' },
        optionsOf({ signal: controller.signal }),
      ),
    ).rejects.toThrow(/abort/i);
    await standIn!.left;
  });
});

describe('Sourcegraph', () => {
  it('fails where its stream does, tells its alerts, and reads names of older servers', async () => {
    const ask = async (events: Array<[string, unknown]>) => {
      const standIn = await StandIn.start(
        answerAsSourcegraph(corpus, { events }),
      );
      try {
        return await servers[0]
          .provider(standIn.url)
          .search(
            { query: 'nowhere' },
            { signal: new AbortController().signal, repositories: [] },
          );
      } finally {
        await standIn.stop();
      }
    };
    await expect(ask([])).rejects.toThrow(/before the search was done/);
    await expect(
      ask([['error', { message: 'the frontend is restarting' }]]),
    ).rejects.toThrow(/could not search: the frontend is restarting/);
    await expect(ask([['matches', [{ type: 'content' }]]])).rejects.toThrow(
      /cannot be read/,
    );
    const { matches, incomplete } = await ask([
      ['alert', { title: 'Some results are missing', proposedQueries: null }],
      [
        'matches',
        [
          {
            type: 'content',
            name: 'old.sql',
            repository: 'github.com/acme/web',
            lineMatches: [{ lineNumber: 0, offsetAndLengths: null }],
          },
        ],
      ],
      ['done', {}],
    ]);
    expect(incomplete).toBe('Some results are missing.');
    expect(matches).toMatchObject([{ path: 'old.sql', line: 1 }]);
  });
});
