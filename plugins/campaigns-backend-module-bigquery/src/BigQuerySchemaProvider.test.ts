import { ProvidedSchema } from '@skein/plugin-campaigns-node';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { once } from 'events';
import { tmpdir } from 'os';
import { join } from 'path';
import { NodeProgram } from './__testUtils__/NodeProgram';

const users = {
  schema: {
    fields: [
      { name: 'User_Identifier', type: 'STRING', mode: 'REQUIRED' },
      { name: 'plays', type: 'INTEGER' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
      {
        name: 'address',
        type: 'RECORD',
        fields: [
          { name: 'country_code', type: 'STRING' },
          {
            name: 'moves',
            type: 'RECORD',
            mode: 'REPEATED',
            fields: [{ name: 'at', type: 'TIMESTAMP' }],
          },
        ],
      },
    ],
  },
};
const forbidden = {
  error: {
    code: 403,
    message: 'Access Denied: Table acme:secret.pay',
    errors: [{ reason: 'accessDenied' }],
  },
};
const base = '/bigquery/v2/projects';

/** Google's API as far as the client asks it, and its token service. */
const answers: Record<string, [number, object]> = {
  [`${base}/acme/datasets/user_data/tables/users_v2`]: [200, users],
  [`${base}/home/datasets/user_data/tables/users_v2`]: [200, users],
  [`${base}/acme/datasets/secret/tables/pay`]: [403, forbidden],
  [`${base}/acme/datasets/logs/tables?maxResults=1000`]: [
    200,
    {
      tables: ['events_20240101', 'events_20240301', 'x_20250101'].map(
        tableId => ({ id: tableId, tableReference: { tableId } }),
      ),
      nextPageToken: 'two',
    },
  ],
  [`${base}/acme/datasets/logs/tables?maxResults=1000&pageToken=two`]: [
    200,
    { tables: [{ tableReference: { tableId: 'events_20240201' } }] },
  ],
  [`${base}/acme/datasets/logs/tables/events_20240301`]: [
    200,
    { schema: { fields: [{ name: 'at', type: 'DATETIME' }] } },
  ],
};

describe('BigQuerySchemaProvider, through the vendor’s own client', () => {
  let server: Server;
  let url: string;
  let folder: string;
  let program: NodeProgram<ProvidedSchema[]>;
  const requests: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'skein-bigquery-'));
    writeFileSync(join(folder, 'subject-token'), 'subject');
    program = await NodeProgram.create(
      folder,
      join(__dirname, '__testUtils__', 'readSchemas.ts'),
    );
    server = createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      if (path === '/token') {
        response.setHeader('content-type', 'application/json');
        response.end(
          JSON.stringify({
            access_token: 'stand-in',
            issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
            token_type: 'Bearer',
            expires_in: 3600,
          }),
        );
        return;
      }
      requests.push(`${request.headers.authorization} ${path}`);
      const clean = path
        .replace(/[?&]prettyPrint=false/, '')
        .replace(/^([^?]*)&/, '$1?');
      const [status, body] = answers[clean] ?? [
        404,
        { error: { code: 404, message: 'Not found: Table' } },
      ];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  function read(datasets: string[], config: object = {}) {
    return program.run({
      datasets,
      config: {
        apiEndpoint: url,
        project: 'home',
        // Workload identity, which is how most people give access.
        credentials: {
          type: 'external_account',
          audience: '//iam.googleapis.com/pools/stand-in',
          subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
          token_url: `${url}/token`,
          credential_source: { file: join(folder, 'subject-token') },
        },
        ...config,
      },
    });
  }

  const columns = {
    user_identifier: 'STRING',
    plays: 'INT64',
    tags: 'ARRAY<STRING>',
    address: 'STRUCT',
    'address.country_code': 'STRING',
    'address.moves': 'ARRAY<STRUCT>',
    'address.moves.at': 'TIMESTAMP',
  };

  it('reads nested columns, by names with and without a project', async () => {
    expect(
      await read(['acme.user_data.users_v2', 'user_data.users_v2']),
    ).toEqual([
      { dataset: 'acme.user_data.users_v2', columns },
      { dataset: 'user_data.users_v2', columns },
    ]);
    expect(requests[0]).toMatch(/^Bearer stand-in /);
  });

  it('knows of a table that is not there, and of the newest of many', async () => {
    expect(
      await read([
        'acme.user_data.users_v1',
        'acme.logs.events_*',
        'acme.logs.gone_*',
      ]),
    ).toEqual([
      { dataset: 'acme.user_data.users_v1' },
      { dataset: 'acme.logs.events_*', columns: { at: 'DATETIME' } },
      { dataset: 'acme.logs.gone_*' },
    ]);
  });

  it('says of a table that it may not see why, and reads the others', async () => {
    expect(await read(['acme.secret.pay', 'acme.user_data.users_v2'])).toEqual([
      {
        dataset: 'acme.secret.pay',
        problem: expect.stringContaining(
          'Access Denied: Table acme:secret.pay',
        ),
      },
      { dataset: 'acme.user_data.users_v2', columns },
    ]);
  });

  it('asks nothing of projects that it was not given, and of names that are none', async () => {
    requests.length = 0;
    expect(
      await read(['acme.user_data.users_v2', 'users'], { projects: ['other'] }),
    ).toEqual([]);
    expect(requests).toEqual([]);
  });
});
