import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  campaignsExecutionExtensionPoint,
  campaignsForgeExtensionPoint,
  campaignsLineageExtensionPoint,
  Forge,
  JobExecutor,
} from '@skein/plugin-campaigns-node';
import request from 'supertest';
import campaignsPlugin from '.';

/** Its methods use `this`, as a class's do. */
class QuietForge {
  readonly title = 'Quiet';
  readonly identity = 'skein[bot]@forge.example';
  readonly #hosts = ['forge.example'];
  hosts() {
    return this.#hosts;
  }
  handles(host: string) {
    return this.#hosts.includes(host);
  }
}

const defence = {
  id: 'guard',
  title: 'Guard',
  holds: false,
  description: 'Nobody guards it.',
};

function executor(id: string): JobExecutor {
  return {
    id,
    concurrency: 3,
    describeSandbox: async () => ({
      sandboxed: true,
      description: 'Nothing runs here.',
      defences: [defence],
    }),
    run: async () => ({ type: 'crashed', message: 'Nothing runs here.' }),
  };
}

function moduleWith(id: string, jobExecutor: JobExecutor) {
  return createBackendModule({
    pluginId: 'campaigns',
    moduleId: id,
    register(env) {
      env.registerInit({
        deps: {
          forges: campaignsForgeExtensionPoint,
          execution: campaignsExecutionExtensionPoint,
          lineage: campaignsLineageExtensionPoint,
        },
        async init({ forges, execution, lineage }) {
          forges.addForge(new QuietForge() as unknown as Forge);
          forges.addCodeSearchProvider({
            id: 'quiet',
            title: 'Quiet search',
            search: async () => ({ matches: [] }),
          });
          execution.setJobExecutor(jobExecutor);
          lineage.addLineageProvider({
            id: `lineage-${id}`,
            title: 'Quiet lineage',
            async *read() {
              yield { type: 'dataset', name: 'acme.user_data.users_v1' };
            },
          });
        },
      });
    },
  });
}

const features = [
  campaignsPlugin,
  catalogServiceMock.factory(),
  mockServices.rootConfig.factory({
    data: {
      app: { baseUrl: 'http://portal' },
      backend: { baseUrl: 'http://portal' },
    },
  }),
];

/** These are closed at the end; those that a backend makes for itself are not. */
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('the plugin', () => {
  it('starts with what modules bring, and says what it can do', async () => {
    const backend = await startTestBackend({
      features: [
        ...features,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        moduleWith('one', executor('remote')),
      ],
    });
    try {
      const get = (path: string) =>
        request(backend.server)
          .get(`/api/campaigns${path}`)
          .set('Authorization', mockCredentials.user.header());
      const { body } = await get('/status');
      expect(body).toMatchObject({
        executor: {
          id: 'remote',
          sandboxed: true,
          concurrency: 3,
          defences: [defence],
        },
        forges: [
          {
            host: 'forge.example',
            title: 'Quiet',
            identity: 'skein[bot]@forge.example',
          },
        ],
        codeSearch: [
          { id: 'quiet', title: 'Quiet search' },
          { id: 'built-in', title: 'Built-in search' },
        ],
        model: { available: false },
      });
      const providers = await get('/lineage/providers');
      expect(providers.body.items).toMatchObject([
        { id: 'catalog' },
        { id: 'lineage-one' },
        { id: 'sql' },
      ]);
      const nobody = await request(backend.server)
        .get('/api/campaigns/campaigns')
        .set('Authorization', mockCredentials.none.header());
      expect(nobody.status).toBe(401);
    } finally {
      await backend.stop();
    }
  });

  it('refuses two job executors, naming both', async () => {
    await expect(
      startTestBackend({
        features: [
          ...features,
          mockServices.database.factory({
            knex: await databases.init('SQLITE_3'),
          }),
          moduleWith('one', executor('remote')),
          moduleWith('two', executor('elsewhere')),
        ],
      }),
    ).rejects.toThrow(/'remote'.*'elsewhere'/);
  });
});
