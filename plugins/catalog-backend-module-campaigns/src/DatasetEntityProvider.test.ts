import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { CatalogApi, CatalogClient } from '@backstage/catalog-client';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { LineageDataset } from '@skein/plugin-campaigns-common';
import Router from 'express-promise-router';
import catalogModuleCampaigns from '.';

/** These are closed at the end; those that a backend makes for itself are not. */
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const dataset = (
  name: string,
  changes: Partial<LineageDataset> = {},
): LineageDataset => ({
  name,
  title: name,
  readBy: {
    total: 1,
    jobs: [{ name: 'r', title: 'r', entityRef: 'component:default/reader' }],
  },
  writtenBy: { total: 0, jobs: [] },
  ...changes,
});

/** Entities as people define them in files, with the key of their location. */
class ByPeople implements EntityProvider {
  connection!: EntityProviderConnection;
  getProviderName = () => 'people';
  async connect(connection: EntityProviderConnection) {
    this.connection = connection;
  }
  async define(entities: Entity[]) {
    await this.connection.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({ entity, locationKey: 'a-file' })),
    });
  }
}

const byPeople = (
  kind: string,
  name: string,
  spec: object,
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    description: 'By people',
    annotations: {
      'backstage.io/managed-by-location': 'url:https://example.com/a.yaml',
      'backstage.io/managed-by-origin-location':
        'url:https://example.com/a.yaml',
      ...annotations,
    },
  },
  spec: { owner: 'people', lifecycle: 'production', ...spec } as Entity['spec'],
});

describe('datasets of lineage in the catalog', () => {
  let backend: TestBackend;
  let datasets: LineageDataset[];
  let people: ByPeople;
  let expected: Record<string, string>;
  let callers: string[];
  let scheduler: SchedulerService;

  const start = async () => {
    people = new ByPeople();
    callers = [];
    scheduler = mockServices.scheduler();
    const campaigns = createBackendPlugin({
      pluginId: 'campaigns',
      register(env) {
        env.registerInit({
          deps: {
            http: coreServices.httpRouter,
            httpAuth: coreServices.httpAuth,
          },
          async init({ http, httpAuth }) {
            const router = Router();
            router.get('/lineage/datasets', async (request, response) => {
              const { principal } = await httpAuth.credentials(request);
              callers.push(JSON.stringify(principal));
              // Pages of two, whatever was asked for.
              const after = String(request.query.after ?? '');
              const rest = datasets
                .filter(each => each.name > after)
                .sort((a, b) => (a.name < b.name ? -1 : 1));
              response.json({
                items: rest.slice(0, 2),
                after: rest.length > 2 ? rest[1].name : undefined,
              });
            });
            http.use(router as any);
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleCampaigns,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        campaigns,
        createBackendModule({
          pluginId: 'catalog',
          moduleId: 'people',
          register(env) {
            env.registerInit({
              deps: { processing: catalogProcessingExtensionPoint },
              async init({ processing }) {
                processing.addEntityProvider(people);
              },
            });
          },
        }),
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            catalog: {
              processingInterval: { milliseconds: 50 },
            },
          },
        }),
      ],
    });
  };

  const catalog = (): CatalogApi =>
    new CatalogClient({
      discoveryApi: {
        getBaseUrl: async () =>
          `http://localhost:${backend.server.port()}/api/catalog`,
      },
    });
  const resources = async () => {
    const token = mockCredentials.service.token();
    const { items } = await catalog().getEntities(
      { filter: { kind: 'resource' } },
      { token },
    );
    return items.map(item => item);
  };
  /** Names and who defined each, as soon as it is that; or what it is after a while. */
  const definedBy = async (wantedNames: Record<string, string>) => {
    const wanted = JSON.stringify(wantedNames);
    const deadline = performance.now() + 300_000;
    for (;;) {
      await scheduler.triggerTask('campaigns-datasets:refresh');
      const found = Object.fromEntries(
        (await resources())
          .map(({ metadata }) => [
            metadata.name,
            metadata.description === 'By people' ? 'people' : 'lineage',
          ])
          .sort(),
      );
      const settled = JSON.stringify(found) === wanted;
      if (settled || performance.now() > deadline) return found;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  };

  beforeEach(() => {
    datasets = [];
  });
  afterEach(async () => backend?.stop());

  it('come with owner, relations and where they are from, and go when nothing knows them', async () => {
    datasets = [
      dataset('p.d.users', {
        writtenBy: {
          total: 1,
          jobs: [
            {
              name: 'w',
              title: 'w',
              entityRef: 'component:default/writer',
              ownerRef: 'group:default/insights',
              repository: {
                host: 'github.com',
                owner: 'acme',
                name: 'warehouse',
              },
              path: 'dbt',
            },
          ],
        },
      }),
      dataset('p.d.events_*'),
      dataset('p.d.zoo'),
      dataset('p.d.unused', { readBy: { total: 0, jobs: [] } }),
    ];
    await start();
    await people.define([
      byPeople('Component', 'reader', { type: 'data-pipeline' }),
    ]);
    expected = {
      'p.d.events_all-b27efe1f53': 'lineage',
      'p.d.users': 'lineage',
      'p.d.zoo': 'lineage',
    };
    expect(await definedBy(expected)).toEqual(expected);
    expect(callers[0]).toContain('plugin:catalog');

    const users = (await resources()).find(
      each => each.metadata.name === 'p.d.users',
    )!;
    expect(users).toMatchObject({
      metadata: {
        title: 'p.d.users',
        annotations: {
          'backstage.io/managed-by-location': 'campaigns-lineage:p.d.users',
          'backstage.io/source-location':
            'url:https://github.com/acme/warehouse/tree/HEAD/dbt',
          'campaigns.skein/dataset': 'p.d.users',
        },
      },
      spec: { type: 'dataset', owner: 'group:default/insights' },
    });
    expect(users.relations).toEqual(
      expect.arrayContaining([
        { type: 'ownedBy', targetRef: 'group:default/insights' },
        { type: 'dependsOn', targetRef: 'component:default/writer' },
        { type: 'dependencyOf', targetRef: 'component:default/reader' },
      ]),
    );

    datasets = datasets.filter(each => each.name === 'p.d.zoo');
    expected = { 'p.d.zoo': 'lineage' };
    expect(await definedBy(expected)).toEqual(expected);
  });

  it('leave to people what people define, before or after', async () => {
    datasets = [
      dataset('p.d.annotated', { entityRef: 'resource:default/mine' }),
      dataset('p.d.named'),
      dataset('p.d.other'),
      dataset('p.d.later'),
    ];
    await start();
    const defined = [
      byPeople(
        'Resource',
        'mine',
        { type: 'dataset' },
        { 'campaigns.skein/dataset': 'p.d.annotated' },
      ),
      byPeople('Resource', 'p.d.named', { type: 'dataset' }),
      // Another thing under a name that ours would have.
      byPeople('Resource', 'p.d.other', { type: 'database' }),
    ];
    await people.define(defined);
    expected = {
      mine: 'people',
      'p.d.later': 'lineage',
      'p.d.named': 'people',
      'p.d.other': 'people',
      'p.d.other-74d9130eff': 'lineage',
    };
    expect(await definedBy(expected)).toEqual(expected);

    await people.define([
      ...defined,
      byPeople('Resource', 'p.d.later', { type: 'dataset' }),
    ]);
    expected = {
      mine: 'people',
      'p.d.later': 'people',
      'p.d.named': 'people',
      'p.d.other': 'people',
      'p.d.other-74d9130eff': 'lineage',
    };
    expect(await definedBy(expected)).toEqual(expected);
    // What is not ours any more is not taken away with ours.
    datasets = [];
    expected = {
      mine: 'people',
      'p.d.later': 'people',
      'p.d.named': 'people',
      'p.d.other': 'people',
    };
    expect(await definedBy(expected)).toEqual(expected);
  });
});
