import { mockServices } from '@backstage/backend-test-utils';
import { CodeSearchQuery, RepositoryRef } from '@skein/plugin-campaigns-common';
import { Forge } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'fs';
import os from 'os';
import path from 'path';
import { GitServer } from '../../__testUtils__/GitServer';
import { Forges, RepositoryMirrors } from '../../repositories';
import {
  BuiltInCodeSearch,
  BuiltInCodeSearchOptions,
} from './BuiltInCodeSearch';
import { findRipgrep } from './findRipgrep';

describe('BuiltInCodeSearch', () => {
  let server: GitServer;
  let folder: string;
  let mirrors: RepositoryMirrors;
  const names = ['warehouse', 'web'];

  beforeEach(async () => {
    server = await GitServer.start();
    folder = mkdtempSync(path.join(os.tmpdir(), 'skein-search-'));
    mirrors = await RepositoryMirrors.create({
      forges: Forges.create([
        {
          handles: (host: string) => host === server.host,
          getRepository: async (repository: RepositoryRef) => ({
            repository,
            defaultBranch: 'main',
            archived: false,
            url: '',
          }),
          getGitAccess: async (ref: RepositoryRef) => ({
            url: `http://${server.host}/${ref.owner}/${ref.name}.git`,
            username: 'git',
            password: server.password,
          }),
        } as Partial<Forge> as Forge,
      ]),
      logger: mockServices.logger.mock(),
      workingDirectory: folder,
    });
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ref = (name: string): RepositoryRef => ({
    host: server.host,
    owner: 'acme',
    name,
  });
  const search = (
    query: CodeSearchQuery,
    options: Partial<BuiltInCodeSearchOptions> & {
      repositories?: RepositoryRef[];
      signal?: AbortSignal;
      timeoutMilliseconds?: number;
    } = {},
  ) => {
    const {
      repositories = names.map(ref),
      signal = new AbortController().signal,
      timeoutMilliseconds,
      ...others
    } = options;
    return BuiltInCodeSearch.create({
      mirrors,
      ripgrep: findRipgrep()!,
      freshMilliseconds: 0,
      ...others,
    }).search(query, { signal, repositories, timeoutMilliseconds });
  };
  const found = async (...args: Parameters<typeof search>) =>
    (await search(...args)).matches
      .map(each => `${each.repository.name}/${each.path}:${each.line}`)
      .sort();

  it('finds each line with what matches on it, in every file of every repository', async () => {
    server.commit('acme/warehouse', {
      'models/a.sql': 'select 1\nfrom user_data.USERS_V1 u -- users_v1\n',
      'models/copy.sql': 'select 1\nfrom user_data.USERS_V1 u -- users_v1\n',
      'last line.txt': 'one\ntwo users_v1',
      'empty.txt': '',
    });
    server.commit('acme/web', { 'src/ü/a.py': 'x = 1\r\ny = "users_v1"\r\n' });

    const { matches, incomplete } = await search({ query: 'users_v1' });

    expect(incomplete).toBe(undefined);
    expect(
      matches
        .map(each => ({ ...each, repository: each.repository.name }))
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
    ).toEqual([
      {
        repository: 'warehouse',
        path: 'last line.txt',
        line: 2,
        text: 'two users_v1',
        ranges: [[4, 12]],
      },
      ...['models/a.sql', 'models/copy.sql'].map(file => ({
        repository: 'warehouse',
        path: file,
        line: 2,
        text: 'from user_data.USERS_V1 u -- users_v1',
        ranges: [
          [15, 23],
          [29, 37],
        ],
      })),
      {
        repository: 'web',
        path: 'src/ü/a.py',
        line: 2,
        text: 'y = "users_v1"',
        ranges: [[5, 13]],
      },
    ]);
  });

  it('keeps to languages, extensions, a path and repositories', async () => {
    server.commit('acme/warehouse', {
      'models/a.sql': 'users_v1',
      'models/a.yml': 'users_v1',
      'models_old/a.sql': 'users_v1',
    });
    server.commit('acme/web', { 'models/b.sql': 'users_v1' });
    const query = 'users_v1';
    expect(await found({ query, languages: ['yaml'] })).toEqual([
      'warehouse/models/a.yml:1',
    ]);
    expect(
      await found({ query, path: '/models', extensions: ['sql'] }),
    ).toEqual(['warehouse/models/a.sql:1', 'web/models/b.sql:1']);
    expect(await found({ query, repository: ['acme/we*'] })).toEqual([
      'web/models/b.sql:1',
    ]);
  });

  it('reads patterns, words with signs of patterns, and options as what they are', async () => {
    server.commit('acme/warehouse', {
      'a.sql': 'users_v1\nusers_v2\nusers_v10\nusers.v1 (old)\n--help\n',
    });
    server.commit('acme/web', { 'b.sql': 'USERS_V2\n' });
    expect(await found({ query: 'users_v[12]\\b', regex: true })).toEqual([
      'warehouse/a.sql:1',
      'warehouse/a.sql:2',
      'web/b.sql:1',
    ]);
    expect(await found({ query: 'users.v1 (' })).toEqual(['warehouse/a.sql:4']);
    expect(await found({ query: '--help' })).toEqual(['warehouse/a.sql:5']);
    await expect(search({ query: 'a{', regex: true })).rejects.toThrow(
      /cannot read the pattern: repetition quantifier/,
    );
  });

  it('ends on a pattern and a text that are made to take for ever', async () => {
    server.commit('acme/warehouse', {
      'a.txt': `${'a'.repeat(200_000)}!\n`,
    });
    expect(
      await found(
        { query: '(a+)+$|(a|aa)+b|(.*)*x', regex: true },
        { repositories: [ref('warehouse')] },
      ),
    ).toEqual([]);
  });

  it('leaves out binary files, and reads what is no UTF-8, marked or very long', async () => {
    server.commit('acme/warehouse', {
      'a.bin': Buffer.from([0, ...Buffer.from('users_v1')]),
      'latin1.sql': Buffer.from('-- d\xe9j\xe0 users_v1\n', 'latin1'),
      'marked.sql': Buffer.from([0xff, 0xfe, ...Buffer.from('\nusers_v1\n')]),
      'min.js': `${'ü'.repeat(5_000)}users_v1${'ü'.repeat(5_000)}\n`,
    });
    const { matches } = await search(
      { query: 'users_v1' },
      { repositories: [ref('warehouse')] },
    );
    const texts = new Map(matches.map(each => [each.path, each]));
    expect([...texts.keys()].sort()).toEqual([
      'latin1.sql',
      'marked.sql',
      'min.js',
    ]);
    expect(texts.get('latin1.sql')).toMatchObject({
      text: '-- d\ufffdj\ufffd users_v1',
      ranges: [[8, 16]],
    });
    const { text, ranges } = texts.get('min.js')!;
    expect(text).toMatch(/^…ü+users_v1ü+…$/);
    expect(text!.length).toBeLessThan(402);
    expect(text!.slice(...ranges![0])).toBe('users_v1');
  });

  it('says what it did not look at', async () => {
    server.commit('acme/warehouse', {
      'many.sql': `users_v1${' x'.repeat(20)}\n`.repeat(20_000),
      'large.csv': 'x'.repeat(1_000_001),
    });
    server.commit('acme/web', { 'b.sql': 'users_v1\n' });
    const { matches, incomplete } = await search(
      { query: 'users_v1', extensions: ['sql', 'csv'] },
      {
        repositories: [...names, 'gone'].map(ref),
        limits: { lines: 3, fileBytes: 1_000_000 },
      },
    );
    expect(matches).toHaveLength(4);
    expect(incomplete).toMatch(
      /^Of 1 repository only the first lines.*3 at most.*A file over 1 MiB.*1 of 3 repositories could not be read.*acme\/gone/,
    );
    const most = await search({ query: 'users_v1' }, { mostLines: 2 });
    expect(most.matches).toHaveLength(2);
    expect(most.incomplete).toMatch(/^More than 2 lines match/);
  });

  it('stops where there is more to say than anybody reads', async () => {
    const line = `${'users_v1 '.repeat(1_000)}\n`;
    server.commit(
      'acme/warehouse',
      Object.fromEntries(
        Array.from({ length: 20 }, (_each, index) => [
          `${index}.sql`,
          `-- ${index}\n${line.repeat(100)}`,
        ]),
      ),
    );
    const { matches, incomplete } = await search(
      { query: 'users_v1' },
      { repositories: [ref('warehouse')], limits: { lines: 100_000 } },
    );
    expect(matches.length).toBeGreaterThan(100);
    expect(matches.length).toBeLessThan(2_000);
    expect(incomplete).toMatch(/^Of 1 repository only the first/);
  });

  it('gives what it has when the time is over, and nothing to who has left', async () => {
    server.commit('acme/web', { 'b.sql': 'users_v1\n' });
    const head = (repository: RepositoryRef) =>
      repository.name === 'web'
        ? mirrors.head(repository)
        : new Promise<never>(() => {});
    await mirrors.head(ref('web'));
    const { matches, incomplete } = await search(
      { query: 'users_v1' },
      {
        mirrors: { head },
        repositories: ['web', 'slow', 'slower'].map(ref),
        timeoutMilliseconds: 8_000,
      },
    );
    expect(matches).toHaveLength(1);
    expect(incomplete).toMatch(/^2 of 3 repositories could not be searched/);

    const controller = new AbortController();
    const left = search(
      { query: 'users_v1' },
      {
        mirrors: { head },
        repositories: [ref('slow')],
        signal: controller.signal,
      },
    );
    controller.abort();
    await expect(left).rejects.toThrow(/abort/i);
  });

  it('finds exactly the lines that hold the words', async () => {
    const line = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '.', ' ', 'é', '\r', '日', '\ufeff'),
      maxLength: 8,
    });
    const text = fc
      .array(line, { maxLength: 12 })
      .map(lines => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('ab', 'a.', ' b', 'éa', '日日', '..'),
        async (texts, query) => {
          server.commit(
            'acme/warehouse',
            Object.fromEntries(
              texts.map((content, index) => [`${index}.txt`, content]),
            ),
            { from: 'nothing' },
          );
          const expected = texts
            .flatMap((content, index) =>
              content
                .split('\n')
                .flatMap((each, at) =>
                  each.toLowerCase().includes(query.toLowerCase())
                    ? [`warehouse/${index}.txt:${at + 1}`]
                    : [],
                ),
            )
            .sort();
          expect(
            await found({ query }, { repositories: [ref('warehouse')] }),
          ).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });
});
