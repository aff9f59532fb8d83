import { ConfigReader } from '@backstage/config';
import { EventValidator } from '../spec/EventValidator';
import { Naming } from './Naming';
import { toLineageEvent } from './toLineageEvent';

const validator = EventValidator.create();

const facet = (content: object) => ({
  _producer: 'https://example.com/producer',
  _schemaURL: 'https://example.com/facet.json',
  ...content,
});

const base = {
  eventTime: '2026-01-31T12:00:00.500+01:00',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
};

const run = { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' };
const bigquery = (name: string, facets?: object) => ({
  namespace: 'bigquery',
  name,
  facets,
});

function factsOf(event: object, config: object = {}) {
  const naming = Naming.fromConfig(
    new ConfigReader({ campaigns: { openlineage: config } } as any),
  );
  const { at, facts } = toLineageEvent(
    validator.validate({ ...base, ...event }),
    naming,
  );
  expect(at).toBe(Date.parse(base.eventTime));
  return JSON.parse(JSON.stringify(facts));
}

const reads = (facts: any[]) =>
  facts
    .filter(({ type }) => type === 'read' || type === 'write')
    .map(({ type, job, dataset }) => `${job} ${type}s ${dataset}`);

describe('toLineageEvent', () => {
  it('says of a run what its job is, reads and writes', () => {
    expect(
      factsOf({
        eventType: 'START',
        run,
        job: {
          namespace: 'airflow',
          name: 'crm.daily',
          facets: {
            jobType: facet({ processingType: 'BATCH', integration: 'AIRFLOW' }),
            ownership: facet({
              owners: [{ name: 'Jane Doe' }, { name: 'team:CRM' }],
            }),
          },
        },
        inputs: [bigquery('acme.crm.users')],
        outputs: [
          { namespace: 'postgres://dwh:5432', name: 'crm.public.daily' },
        ],
      }),
    ).toEqual([
      {
        type: 'job',
        name: 'openlineage:airflow/crm.daily',
        title: 'crm.daily',
        framework: 'airflow',
        ownerRef: 'group:default/crm',
      },
      { type: 'dataset', name: 'acme.crm.users' },
      {
        type: 'read',
        job: 'openlineage:airflow/crm.daily',
        dataset: 'acme.crm.users',
      },
      {
        type: 'dataset',
        name: 'postgres://dwh:5432/crm.public.daily',
        title: 'crm.public.daily',
      },
      {
        type: 'write',
        job: 'openlineage:airflow/crm.daily',
        dataset: 'postgres://dwh:5432/crm.public.daily',
      },
    ]);
  });

  it.each([
    [{ repoUrl: 'git@github.com:acme/dags.git', path: './crm/daily.py' }],
    [{ repoUrl: 'https://github.com/acme/dags.git', path: 'crm/daily.py/' }],
    [{ url: 'https://github.com/acme/dags/blob/8f02abf/crm/daily.py' }],
    [{ url: 'https://github.com/acme/dags/tree/main/crm/daily.py' }],
    [{ repoUrl: 'ssh://git@github.com/acme/dags', path: 'crm/daily.py' }],
  ])('knows where the code of a job is by %j', location => {
    const [job] = factsOf({
      run,
      job: {
        namespace: 'airflow',
        name: 'crm.daily',
        facets: {
          sourceCodeLocation: facet({
            type: 'git',
            url: 'https://github.com/acme/dags',
            ...location,
          }),
        },
      },
    });
    expect(job).toEqual({
      type: 'job',
      name: 'github.com/acme/dags//crm/daily.py',
      repository: { host: 'github.com', owner: 'acme', name: 'dags' },
      path: 'crm/daily.py',
    });
  });

  it('goes by the configuration where events say less', () => {
    const config = {
      jobs: [
        {
          namespace: 'airflow*',
          name: 'crm.*',
          repository: 'github.com/acme/dags',
          path: 'crm',
        },
      ],
      namespaces: [{ match: 'postgres://*.internal:5432', prefix: 'pg.' }],
    };
    const job = { namespace: 'airflow-prod', name: 'crm.daily' };
    const inputs = [
      { namespace: 'postgres://dwh.internal:5432', name: 'crm.public.users' },
    ];
    expect(reads(factsOf({ job, inputs }, config))).toEqual([
      'github.com/acme/dags//crm reads pg.crm.public.users',
    ]);
    expect(
      reads(factsOf({ job: { ...job, name: 'sales.daily' }, inputs }, config)),
    ).toEqual([
      'openlineage:airflow-prod/sales.daily reads pg.crm.public.users',
    ]);
    expect(() =>
      Naming.fromConfig(
        new ConfigReader({
          campaigns: {
            openlineage: {
              jobs: [{ namespace: '*', repository: 'acme/dags' }],
            },
          },
        }),
      ),
    ).toThrow("'acme/dags' is not a repository");
  });

  it('says which columns are read and what becomes of them', () => {
    const facts = factsOf({
      run,
      job: { namespace: 'n', name: 'j' },
      inputs: [bigquery('a.b.users')],
      outputs: [
        bigquery('a.b.daily', {
          columnLineage: facet({
            fields: {
              country: {
                inputFields: [{ ...bigquery('a.b.users'), field: 'Country' }],
                transformationType: 'IDENTITY',
              },
              people: {
                inputFields: [
                  {
                    ...bigquery('a.b.users'),
                    field: 'id',
                    transformations: [
                      { type: 'DIRECT', subtype: 'AGGREGATION' },
                      { type: 'INDIRECT' },
                    ],
                  },
                ],
              },
            },
            dataset: [
              {
                ...bigquery('a.b.users'),
                field: 'deleted_at',
                transformations: [{ type: 'INDIRECT', subtype: 'FILTER' }],
              },
            ],
          }),
        }),
      ],
    });
    expect(
      facts
        .filter(({ type }: any) => type === 'column')
        .map(
          ({ column, into, transformation }: any) =>
            `${column} -> ${into.dataset}.${
              into.column ?? '*'
            } ${transformation}`,
        ),
    ).toEqual([
      'Country -> a.b.daily.country IDENTITY',
      'id -> a.b.daily.people AGGREGATION',
      'id -> a.b.daily.people INDIRECT',
      'deleted_at -> a.b.daily.* FILTER',
    ]);
  });

  it('understands lineage that is said in so many words', () => {
    const dataset = (name: string, more = {}) => ({
      namespace: 'bigquery',
      name,
      type: 'DATASET',
      ...more,
    });
    const facts = factsOf({
      run,
      job: {
        namespace: 'n',
        name: 'j',
        facets: {
          lineage: facet({
            entries: [
              dataset('a.b.out', {
                inputs: [dataset('a.b.in'), { type: 'JOB' }],
                fields: {
                  total: { inputs: [dataset('a.b.orders', { field: 'sum' })] },
                },
              }),
              { type: 'JOB', inputs: [dataset('a.b.lookup')] },
              {
                type: 'JOB',
                namespace: 'n',
                name: 'other',
                inputs: [dataset('a.b.in')],
              },
            ],
          }),
        },
      },
    });
    expect(reads(facts)).toEqual([
      'openlineage:n/j writes a.b.out',
      'openlineage:n/j reads a.b.in',
      'openlineage:n/j reads a.b.orders',
      'openlineage:n/j reads a.b.lookup',
      'openlineage:n/other reads a.b.in',
    ]);
    expect(facts).toContainEqual({
      type: 'column',
      job: 'openlineage:n/j',
      dataset: 'a.b.orders',
      column: 'sum',
      into: { dataset: 'a.b.out', column: 'total' },
    });
  });

  it('finds a maker for a dataset that says by itself what it is made from', () => {
    const view = bigquery('a.b.view', {
      columnLineage: facet({
        fields: {
          id: { inputFields: [{ ...bigquery('a.b.users'), field: 'id' }] },
        },
      }),
    });
    const facts = factsOf({ dataset: view });
    const maker = 'openlineage:maker of a.b.view';
    expect(reads(facts)).toEqual([`${maker} writes a.b.view`]);
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'column', job: maker }),
    );
    expect(factsOf({ dataset: bigquery('a.b.table') })).toEqual([
      { type: 'dataset', name: 'a.b.table' },
    ]);
  });

  it('tells the names of one dataset', () => {
    const facts = factsOf({
      run,
      job: { namespace: 'n', name: 'j' },
      inputs: [
        {
          namespace: 's3://lake',
          name: '/crm/users',
          facets: {
            symlinks: facet({
              identifiers: [
                {
                  namespace: 'hive://meta:9083',
                  name: 'crm.users',
                  type: 'TABLE',
                },
              ],
            }),
          },
        },
      ],
    });
    expect(facts).toContainEqual({
      type: 'sameDataset',
      names: ['s3://lake/crm/users', 'hive://meta:9083/crm.users'],
    });
  });

  it('goes by no facet that is deleted', () => {
    const facts = factsOf({
      run,
      job: {
        namespace: 'n',
        name: 'j',
        facets: {
          ownership: facet({ _deleted: true }),
          sourceCodeLocation: facet({ _deleted: true }),
          jobType: facet({ _deleted: true }),
          lineage: facet({ _deleted: true }),
        },
      },
      outputs: [
        bigquery('a.b.c', {
          columnLineage: facet({ _deleted: true }),
          symlinks: facet({ _deleted: true }),
          lineage: facet({ _deleted: true }),
        }),
      ],
    });
    expect(facts).toEqual([
      { type: 'job', name: 'openlineage:n/j', title: 'j' },
      { type: 'dataset', name: 'a.b.c' },
      { type: 'write', job: 'openlineage:n/j', dataset: 'a.b.c' },
    ]);
  });

  it('refuses what says more than can be kept of one event', () => {
    const inputs = Array.from({ length: 11_000 }, (_, i) =>
      bigquery(`a.b.t${i}`),
    );
    expect(() =>
      factsOf({ run, job: { namespace: 'n', name: 'j' }, inputs }),
    ).toThrow('more than 20000 things');
    const identifiers = Array.from({ length: 11 }, (_, i) => ({
      namespace: 'n',
      name: `t${i}`,
      type: 'TABLE',
    }));
    expect(() =>
      factsOf({
        dataset: bigquery('a.b.c', { symlinks: facet({ identifiers }) }),
      }),
    ).toThrow('11 symlinks');
  });
});
