import { mockServices } from '@backstage/backend-test-utils';
import { LineageStore } from '../lineage';
import { RouterBench } from './__testUtils__/RouterBench';

describe('the API of lineage', () => {
  let backend: RouterBench;

  afterEach(async () => {
    await backend.stop();
  });

  it('lists the datasets of lineage page by page, each with the jobs next to it', async () => {
    backend = await RouterBench.start();
    const repository = { host: 'forge.example', owner: 'acme', name: 'web' };
    const job = 'forge.example/acme/web//';
    await LineageStore.create({
      knex: backend.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts('dbt', [
      {
        type: 'job',
        name: job,
        title: 'Web',
        entityRef: 'component:default/web',
        ownerRef: 'group:default/web',
        repository,
      },
      { type: 'write', job, dataset: 'x.made' },
      { type: 'read', job, dataset: 'x.users' },
      { type: 'read', job: 'other', dataset: 'x.users' },
    ]);
    const first = await backend.call('get', '/lineage/datasets?limit=1');
    expect(first.body).toEqual({
      items: [
        {
          name: 'x.made',
          title: 'x.made',
          readBy: { total: 0, jobs: [] },
          writtenBy: {
            total: 1,
            jobs: [
              {
                name: job,
                title: 'Web',
                entityRef: 'component:default/web',
                ownerRef: 'group:default/web',
                repository,
                path: '',
              },
            ],
          },
        },
      ],
      after: 'x.made',
    });
    const rest = await backend.call('get', '/lineage/datasets?after=x.made');
    expect(rest.body).toMatchObject({
      items: [{ name: 'x.users', readBy: { total: 2 } }],
    });
    expect(rest.body.after).toBeUndefined();
  });

  it('tells what becomes of a column', async () => {
    backend = await RouterBench.start();
    await LineageStore.create({
      knex: backend.knex,
      logger: mockServices.logger.mock(),
    }).replaceProviderFacts('dbt', [
      {
        type: 'column',
        job: 'daily',
        dataset: 'x.users',
        column: 'email',
        into: { dataset: 'x.contacts', column: 'mail' },
        transformation: 'identity',
      },
    ]);
    const asked = await backend.call(
      'get',
      '/lineage/columns?dataset=x.users&column=Email&depth=2',
    );
    expect(asked.body).toMatchObject({
      columns: [
        { column: 'email', depth: 0 },
        { column: 'mail', depth: 1 },
      ],
      edges: [{ uses: ['identity'], providers: ['dbt'] }],
      truncated: false,
    });
    const unknown = await backend.call('get', '/lineage/columns?dataset=x');
    expect(unknown.status).toBe(400);
  });
});
