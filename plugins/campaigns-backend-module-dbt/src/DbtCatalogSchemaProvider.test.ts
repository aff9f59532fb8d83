import { mockServices } from '@backstage/backend-test-utils';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import { once } from 'events';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join } from 'path';
import { DbtCatalogSchemaProvider } from './DbtCatalogSchemaProvider';

const table = (
  [database, schema, name]: Array<string | null>,
  columns: Record<string, string>,
) => ({
  metadata: { type: 'BASE TABLE', database, schema, name, owner: null },
  columns: Object.fromEntries(
    Object.entries(columns).map(([column, type], index) => [
      column,
      { type, index: index + 1, name: column, comment: null },
    ]),
  ),
});

/** As `dbt docs generate` writes it. */
const catalog = (nodes: object, sources: object = {}) =>
  JSON.stringify({
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json',
      generated_at: '2026-11-20T04:00:00Z',
    },
    nodes,
    sources,
    errors: null,
  });

const users = catalog(
  {
    'model.shop.users': table(['Acme', 'user_data', 'users_v2'], {
      User_ID: 'int64',
      'address.country_code': 'STRING',
    }),
    'model.shop.old': table(['acme', 'logs', 'events_20240101'], {
      old: 'DATE',
    }),
    'model.shop.new': table(['acme', 'logs', 'events_20240201'], {
      newest: 'DATE',
    }),
  },
  {
    'source.shop.crm.users': table([null, 'crm', 'people'], { id: 'integer' }),
  },
);

describe('DbtCatalogSchemaProvider', () => {
  const read = (
    catalogs: object[],
    datasets: string[],
    source: Partial<RepositorySource> = {},
  ) => {
    const provider = DbtCatalogSchemaProvider.fromConfig(
      mockServices.rootConfig({
        data: { campaigns: { dbt: { catalogs: catalogs as never[] } } },
      }),
    );
    return provider!.readSchemas(datasets, {
      signal: new AbortController().signal,
      source: source as RepositorySource,
    });
  };
  let folder: string;
  let file: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'skein-catalog-'));
    file = join(folder, 'catalog.json');
    writeFileSync(file, users);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('knows tables of models and sources by every way to write their names', async () => {
    const columns = { user_id: 'INT64', 'address.country_code': 'STRING' };
    expect(
      await read(
        [{ path: file }],
        [
          'acme.user_data.users_v2',
          'user_data.USERS_V2',
          'any.crm.people',
          'acme.logs.events_*',
          'acme.user_data.users_v1',
          'other.user_data.users_v2',
        ],
      ),
    ).toEqual([
      { dataset: 'acme.user_data.users_v2', columns },
      { dataset: 'user_data.USERS_V2', columns },
      { dataset: 'any.crm.people', columns: { id: 'INTEGER' } },
      { dataset: 'acme.logs.events_*', columns: { newest: 'DATE' } },
    ]);
  });

  it('reads catalogs from repositories and addresses, the first before the others', async () => {
    const server = createServer((request, response) => {
      response.statusCode =
        request.headers.authorization === 'Bearer x' ? 200 : 401;
      response.end(users);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const inRepository = catalog({
      'model.shop.users': table(['acme', 'user_data', 'users_v2'], {
        newer: 'STRING',
      }),
    });
    const source: Partial<RepositorySource> = {
      head: async repository => ({
        repository,
        branch: 'main',
        commit: '1',
        gitDir: '',
      }),
      readFiles: async (_, [path]) => new Map([[path, inRepository]]),
    };
    expect(
      await read(
        [
          { repository: 'github.com/acme/shop', file: 'docs/catalog.json' },
          {
            url: `http://127.0.0.1:${port}/catalog.json`,
            headers: { authorization: 'Bearer x' },
          },
        ],
        ['acme.user_data.users_v2', 'crm.people'],
        source,
      ),
    ).toEqual([
      { dataset: 'acme.user_data.users_v2', columns: { newer: 'STRING' } },
      { dataset: 'crm.people', columns: { id: 'INTEGER' } },
    ]);
    server.close();
  });

  it.each([
    ['no JSON', '{', 'is not JSON'],
    [
      'a manifest without nodes',
      '{}',
      "has no nodes: is it dbt's catalog.json?",
    ],
  ])('says what is wrong with %s', async (_, text, message) => {
    const path = join(folder, 'wrong.json');
    writeFileSync(path, text);
    await expect(read([{ path }], ['a.b'])).rejects.toThrow(message);
  });

  it.each([
    [{}, 'needs a path, a url or a repository'],
    [{ path: 'a', url: 'b' }, 'one of them only'],
    [{ repository: 'shop' }, 'write host/owner/name'],
  ])('refuses the configuration %j', (entry, message) => {
    expect(() => read([entry], [])).toThrow(message);
  });

  it('is not there where no catalog is configured', () => {
    expect(
      DbtCatalogSchemaProvider.fromConfig(mockServices.rootConfig()),
    ).toBeUndefined();
  });
});
