import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { LineageFact, LineageReadContext } from '@skein/plugin-campaigns-node';
import { CatalogLineageProvider } from './CatalogLineageProvider';
import { listCatalogRepositories } from './listCatalogRepositories';

const dataset = (
  name: string,
  options: { annotation?: string; dependsOn?: string[]; type?: string } = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: {
    name,
    annotations: options.annotation
      ? { 'campaigns.skein/dataset': options.annotation }
      : {},
  },
  spec: { type: options.type ?? 'dataset', owner: 'data-platform' },
  relations: (options.dependsOn ?? []).map(targetRef => ({
    type: 'dependsOn',
    targetRef,
  })),
});

const component = (
  name: string,
  annotations: Record<string, string>,
  dependsOn: string[] = [],
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: { type: 'data-pipeline', owner: 'group:default/written' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/insights' },
    ...dependsOn.map(targetRef => ({ type: 'dependsOn', targetRef })),
  ],
});

function accessTo(entities: Entity[]) {
  return {
    catalog: catalogServiceMock({ entities }),
    auth: mockServices.auth(),
    defaultHost: 'ghe.example.com',
  };
}

async function factsOf(entities: Entity[]): Promise<LineageFact[]> {
  const facts: LineageFact[] = [];
  const provider = CatalogLineageProvider.create(accessTo(entities));
  for await (const fact of provider.read({} as LineageReadContext)) {
    facts.push(fact);
  }
  return facts;
}

describe('CatalogLineageProvider', () => {
  it('reads what components depend on, and which component a dataset depends on', async () => {
    const facts = await factsOf([
      component('daily', { 'github.com/project-slug': 'acme/daily' }, [
        'resource:default/users_v1',
        'resource:default/cache',
      ]),
      dataset('users_v1', { annotation: 'acme.user_data.users_v1' }),
      dataset('acme.insights.daily', {
        dependsOn: ['component:default/daily', 'resource:default/users_v1'],
      }),
      dataset('cache', { type: 'redis' }),
    ]);
    const job = 'ghe.example.com/acme/daily//';
    expect(facts).toEqual([
      {
        type: 'dataset',
        name: 'acme.user_data.users_v1',
        title: 'users_v1',
        entityRef: 'resource:default/users_v1',
        ownerRef: 'group:default/data-platform',
      },
      {
        type: 'dataset',
        name: 'acme.insights.daily',
        title: 'acme.insights.daily',
        entityRef: 'resource:default/acme.insights.daily',
        ownerRef: 'group:default/data-platform',
      },
      {
        type: 'job',
        name: job,
        title: 'daily',
        entityRef: 'component:default/daily',
        ownerRef: 'group:default/insights',
        framework: undefined,
        repository: { host: 'ghe.example.com', owner: 'acme', name: 'daily' },
        path: '',
      },
      { type: 'read', job, dataset: 'acme.user_data.users_v1' },
      { type: 'write', job, dataset: 'acme.insights.daily' },
    ]);
  });

  it('takes the host from the source location and the folder from the annotation', async () => {
    const facts = await factsOf([
      component('audience-export', {
        'github.com/project-slug': 'Acme/Pipelines',
        'backstage.io/source-location':
          'url:https://localhost:7071/acme/pipelines/tree/main/',
        'campaigns.skein/path': '/pipelines/audience-export/',
        'campaigns.skein/framework': 'bigquery-runner',
      }),
    ]);
    expect(facts).toEqual([
      expect.objectContaining({
        name: 'localhost:7071/acme/pipelines//pipelines/audience-export',
        repository: {
          host: 'localhost:7071',
          owner: 'Acme',
          name: 'Pipelines',
        },
        path: 'pipelines/audience-export',
        framework: 'bigquery-runner',
      }),
    ]);
  });

  it('knows a job whose code is unknown by its entity, and only if data flows', async () => {
    const facts = await factsOf([
      component('reader', {}, ['resource:default/users']),
      component('writer', {}),
      component('website', {}),
      component('odd', { 'github.com/project-slug': 'not a slug' }),
      dataset('users', { dependsOn: ['component:default/writer'] }),
    ]);
    expect(
      facts.filter(fact => fact.type === 'job').map(fact => fact.name),
    ).toEqual(['component:default/reader', 'component:default/writer']);
  });

  it('knows the APIs that stand for datasets, and who provides and consumes them', async () => {
    const api = (name: string, type: string, annotation?: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'API',
      metadata: {
        name,
        annotations: annotation
          ? { 'campaigns.skein/dataset': annotation }
          : {},
      },
      spec: { type, owner: 'data-platform' },
      relations: [
        { type: 'apiProvidedBy', targetRef: 'component:default/writer' },
      ],
    });
    const reader = component('reader', {});
    reader.relations!.push(
      { type: 'consumesApi', targetRef: 'api:default/users' },
      { type: 'consumesApi', targetRef: 'api:default/acme.events' },
      { type: 'consumesApi', targetRef: 'api:default/web' },
    );
    const facts = await factsOf([
      reader,
      component('writer', {}),
      api('users', 'avro', 'acme.user_data.users'),
      api('acme.events', 'dataset'),
      api('web', 'openapi'),
    ]);
    expect(
      facts.flatMap(fact =>
        fact.type === 'read' || fact.type === 'write'
          ? [`${fact.job} ${fact.type}s ${fact.dataset}`]
          : [],
      ),
    ).toEqual([
      'component:default/reader reads acme.user_data.users',
      'component:default/reader reads acme.events',
      'component:default/writer writes acme.user_data.users',
      'component:default/writer writes acme.events',
    ]);
  });

  it('takes a Resource of another type for a dataset where its annotation says so', async () => {
    const facts = await factsOf([
      dataset('users', { annotation: 'acme.users', type: 'bigquery-table' }),
    ]);
    expect(facts).toEqual([expect.objectContaining({ name: 'acme.users' })]);
  });

  it('takes nothing but its identity from a dataset that was made from lineage', async () => {
    const made = dataset('users', {
      annotation: 'acme.users',
      dependsOn: ['component:default/writer'],
    });
    made.metadata.annotations!['campaigns.skein/made-from-lineage'] = 'true';
    const reader = component('reader', {}, ['resource:default/users']);
    const sayingReader = component('saying', {}, ['resource:default/users']);
    sayingReader.spec!.dependsOn = ['resource:users'];
    const facts = await factsOf([
      made,
      reader,
      sayingReader,
      component('writer', {}),
    ]);
    expect(facts).toEqual([
      {
        type: 'dataset',
        name: 'acme.users',
        entityRef: 'resource:default/users',
      },
      expect.objectContaining({
        type: 'job',
        entityRef: 'component:default/saying',
      }),
      {
        type: 'read',
        job: 'component:default/saying',
        dataset: 'acme.users',
      },
    ]);
  });

  it('reads a catalog of many pages', async () => {
    const names = Array.from({ length: 1201 }, (_, i) => `dataset-${i}`);
    const facts = await factsOf(names.map(name => dataset(name)));
    expect(facts).toHaveLength(1201);
  });
});

describe('listCatalogRepositories', () => {
  it('lists the components whose code is known', async () => {
    const repositories = await listCatalogRepositories(
      accessTo([
        component('daily', { 'github.com/project-slug': 'acme/daily' }),
        component('website', {}),
        dataset('users'),
      ]),
    );
    expect(repositories).toEqual([
      {
        repository: { host: 'ghe.example.com', owner: 'acme', name: 'daily' },
        path: '',
        entityRef: 'component:default/daily',
        ownerRef: 'group:default/insights',
        title: 'daily',
      },
    ]);
  });
});
