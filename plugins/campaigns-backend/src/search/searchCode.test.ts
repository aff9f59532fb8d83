import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CodeSearchReport } from '@skein/plugin-campaigns-common';
import campaignsModuleGithub from '@skein/plugin-campaigns-backend-module-github';
import { mkdtempSync, rmSync } from 'fs';
import os from 'os';
import path from 'path';
import request from 'supertest';
import campaignsPlugin from '..';
import { startGithubForge } from '../__testUtils__/startGithubForge';

/** These are closed at the end; those that a backend makes for itself are not. */
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const component = (host: string, name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'github.com/project-slug': `acme/${name}`,
      'backstage.io/source-location': `url:http://${host}/acme/${name}`,
    },
  },
  spec: { type: 'data-pipeline', owner: `group:default/${owner}` },
});

describe('a search over a forge', () => {
  let folder: string;
  let forge: Awaited<ReturnType<typeof startGithubForge>>;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  const streamed: unknown[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'skein-search-'));
    forge = await startGithubForge(
      path.join(folder, 'forge'),
      mockServices.logger.mock(),
    );
    for (const name of ['warehouse', 'web', 'secret']) {
      await forge.local.admin.createRepository({
        owner: 'acme',
        name,
        private: true,
        commits: [
          {
            message: 'Begin',
            files: {
              'models/a.sql': `select 1\n\nfrom user_data.users_v1 -- ${name}\n`,
              'README.md': 'users_v1 and users_v2\n',
            },
          },
        ],
      });
    }
    const { host } = new URL(forge.local.url);
    const entities = [
      component(host, 'warehouse', 'insights'),
      component(host, 'web', 'growth'),
      component(host, 'secret', 'security'),
    ];
    const all = catalogServiceMock({ entities });
    const seen = catalogServiceMock({ entities: entities.slice(0, 2) });
    const catalog = catalogServiceMock.mock({
      // Alice does not see the component of the secret repository.
      async *streamEntities(wanted, options) {
        const { credentials } = options as {
          credentials: BackstageCredentials<{ type: string }>;
        };
        streamed.push(credentials.principal);
        const isUser = credentials.principal.type === 'user';
        yield* (isUser ? seen : all).streamEntities(wanted, { credentials });
      },
    });
    backend = await startTestBackend({
      features: [
        campaignsPlugin,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        campaignsModuleGithub,
        catalog.factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            backend: { baseUrl: 'http://portal' },
            campaigns: { workingDirectory: path.join(folder, 'mirrors') },
            integrations: { github: [forge.integration] },
          },
        }),
      ],
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await forge?.local.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const search = async (body: object) => {
    const response = await request(backend.server)
      .post('/api/campaigns/search')
      .set('Authorization', mockCredentials.user.header('user:default/alice'))
      .send(body);
    expect([response.status, response.body.error]).toEqual([200, undefined]);
    return response.body as CodeSearchReport;
  };

  it('says the same whoever is asked, with lines, and nothing of what the catalog hides', async () => {
    const query = { query: 'users_v1', languages: ['sql'] };
    const reports = [
      await search({ query, providers: ['github'] }),
      await search({ query, providers: ['built-in'] }),
      await search({ query }),
    ];
    for (const report of reports) {
      expect(report.totals).toEqual({ repositories: 2, files: 2, lines: 2 });
      expect(
        report.repositories.map(({ repository, results, ownerRefs }) => [
          repository.name,
          ownerRefs,
          results[0].path,
          results[0].matches[0].line,
          results[0].matches[0].text,
        ]),
      ).toEqual([
        [
          'warehouse',
          ['group:default/insights'],
          'models/a.sql',
          3,
          'from user_data.users_v1 -- warehouse',
        ],
        [
          'web',
          ['group:default/growth'],
          'models/a.sql',
          3,
          'from user_data.users_v1 -- web',
        ],
      ]);
      expect(JSON.stringify(report)).not.toContain('secret');
      expect(report.providers.map(each => each.incomplete)).not.toContain(
        expect.anything(),
      );
    }
    expect(
      reports[2].repositories[0].results[0].matches[0].providers.sort(),
    ).toEqual(['built-in', 'github']);
    expect(streamed).toContainEqual(
      expect.objectContaining({ userEntityRef: 'user:default/alice' }),
    );
  });

  it('answers patterns by who can', async () => {
    const report = await search({
      query: { query: 'users_v[12]', regex: true, extensions: ['md'] },
    });
    expect(report.providers.map(each => each.id)).toEqual(['built-in']);
    expect(report.totals.lines).toBe(2);
    expect(report.repositories[0].results[0].matches[0].ranges).toEqual([
      [0, 8],
      [13, 21],
    ]);
  });
});
