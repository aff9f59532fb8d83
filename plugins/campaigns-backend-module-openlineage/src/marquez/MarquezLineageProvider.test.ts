import { ConfigReader } from '@backstage/config';
import { LineageFact, RepositorySource } from '@skein/plugin-campaigns-node';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { readFileSync } from 'fs';
import { parse } from 'yaml';
import { MarquezStandIn } from '../__testUtils__/MarquezStandIn';
import { Naming } from '../events/Naming';
import { MarquezDataset, MarquezJob } from './MarquezClient';
import { MarquezLineageProvider } from './MarquezLineageProvider';

const facet = (content: object) => ({
  _producer: 'https://example.com/producer',
  _schemaURL: 'https://example.com/facet.json',
  ...content,
});
const table = (name: string) => ({ namespace: 'bigquery', name });

const jobs: MarquezJob[] = [
  {
    id: { namespace: 'airflow', name: 'crm.daily' },
    inputs: [table('acme.crm.users'), table('acme.crm.orders')],
    outputs: [table('acme.crm.daily')],
    location: 'https://github.com/acme/dags/blob/main/crm/daily.py',
    facets: {
      jobType: facet({ processingType: 'BATCH', integration: 'AIRFLOW' }),
      odd: 'Marquez keeps what it was sent',
    },
  },
  {
    id: { namespace: 'airflow', name: 'crm.second' },
    inputs: [table('acme.crm.users')],
    outputs: [table('acme.crm.daily')],
    location: null,
  },
  {
    id: { namespace: 'airflow', name: 'broken' },
    inputs: [table('acme.crm.users')],
    facets: { ownership: facet({ owners: 'nobody' }) },
  },
  {
    id: { namespace: 'spark', name: 'other' },
    inputs: [table('acme.crm.users')],
  },
];

const datasets: MarquezDataset[] = [
  {
    id: table('acme.crm.daily'),
    facets: {
      columnLineage: facet({
        fields: {
          country: {
            inputFields: [{ ...table('acme.crm.users'), field: 'country' }],
            transformationType: 'IDENTITY',
          },
          total: {
            inputFields: [{ ...table('acme.crm.orders'), field: 'amount' }],
          },
        },
      }),
    },
  },
  {
    id: table('acme.crm.users'),
    facets: { ownership: facet({ owners: [{ name: 'group:crm' }] }) },
  },
  { id: table('acme.crm.gone'), deleted: true },
];

describe('MarquezLineageProvider', () => {
  let marquez: MarquezStandIn;

  afterEach(async () => {
    await marquez?.stop();
  });

  function read(config: object = {}, signal = new AbortController().signal) {
    const reader = new ConfigReader({
      campaigns: {
        openlineage: { marquez: { baseUrl: marquez.baseUrl, ...config } },
      },
    });
    const provider = MarquezLineageProvider.fromConfig(reader, {
      naming: Naming.fromConfig(reader),
    })!;
    const problems: string[] = [];
    const progress: string[] = [];
    const facts = (async () => {
      const all: LineageFact[] = [];
      for await (const fact of provider.read({
        signal,
        repositories: [],
        source: {} as RepositorySource,
        readYaml: async () => [],
        onProblem: problem => problems.push(problem),
        onProgress: message => progress.push(message),
      })) {
        all.push(fact);
      }
      return all;
    })();
    return { facts, problems, progress };
  }

  const edges = (facts: LineageFact[]) =>
    facts.flatMap(fact =>
      fact.type === 'read' || fact.type === 'write'
        ? [`${fact.job} ${fact.type}s ${fact.dataset}`]
        : [],
    );

  it('reads jobs, what they read and write, and columns', async () => {
    marquez = await MarquezStandIn.start({ jobs, datasets });
    const { facts, problems } = read({
      headers: { Authorization: 'Bearer secret' },
    });
    const all = await facts;
    const daily = 'github.com/acme/dags//crm/daily.py';
    expect(edges(all)).toEqual([
      `${daily} reads acme.crm.users`,
      `${daily} reads acme.crm.orders`,
      `${daily} writes acme.crm.daily`,
      'openlineage:airflow/crm.second reads acme.crm.users',
      'openlineage:airflow/crm.second writes acme.crm.daily',
      'openlineage:spark/other reads acme.crm.users',
    ]);
    // A column comes from the jobs that read it.
    expect(
      all.flatMap(fact =>
        fact.type === 'column'
          ? [`${fact.job}: ${fact.column} -> ${fact.into?.column}`]
          : [],
      ),
    ).toEqual([
      `${daily}: country -> country`,
      `${daily}: amount -> total`,
      'openlineage:airflow/crm.second: country -> country',
    ]);
    expect(all).toContainEqual(
      expect.objectContaining({
        type: 'job',
        name: daily,
        framework: 'airflow',
        repository: { host: 'github.com', owner: 'acme', name: 'dags' },
      }),
    );
    expect(all).toContainEqual({
      type: 'dataset',
      name: 'acme.crm.users',
      title: undefined,
      ownerRef: 'group:default/crm',
    });
    expect(JSON.stringify(all)).not.toContain('gone');
    expect(problems).toEqual([
      "Job broken of Marquez is left out: '/job/facets/ownership/owners' must be array",
    ]);
    expect(new Set(marquez.requests.map(each => each.split(' /')[0]))).toEqual(
      new Set(['Bearer secret']),
    );
  });

  it('reads all pages, of the namespaces that are wanted', async () => {
    marquez = await MarquezStandIn.start({
      datasets: [],
      jobs: [
        ...Array.from({ length: 450 }, (_, i) => ({
          id: { namespace: 'kafka://broker:9092', name: `j${i}` },
          inputs: [table('acme.crm.users')],
        })),
        ...jobs,
      ],
    });
    const { facts, progress } = read({ namespaces: ['kafka:*'] });
    expect(edges(await facts)).toHaveLength(450);
    expect(marquez.requests.filter(each => each.includes('/jobs'))).toEqual(
      [0, 200, 400].map(
        offset =>
          `/api/v1/namespaces/kafka%3A%2F%2Fbroker%3A9092/jobs?limit=200&offset=${offset}`,
      ),
    );
    expect(progress).toEqual(['Read 0 of 1 namespaces of Marquez']);
  });

  it('tries again what may pass, and says what does not', async () => {
    marquez = await MarquezStandIn.start({ jobs, datasets });
    marquez.failures = [503, 429];
    expect(edges(await read().facts)).toHaveLength(6);
    marquez.failures = [404];
    await expect(read().facts).rejects.toThrow(
      `Marquez could not be read at ${marquez.baseUrl}/api/v1/namespaces?limit=200&offset=0`,
    );
  });

  it('ends when it is told to', async () => {
    marquez = await MarquezStandIn.start({ jobs, datasets });
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(read({}, stop.signal).facts).rejects.toThrow('stopped');
    expect(marquez.requests).toEqual([]);
  });

  it('is not there where no server is configured', () => {
    const config = new ConfigReader({});
    expect(
      MarquezLineageProvider.fromConfig(config, {
        naming: Naming.fromConfig(config),
      }),
    ).toBeUndefined();
  });
});

/**
 * Compares the stand-in with Marquez' published description: set
 * SKEIN_MARQUEZ_OPENAPI to `spec/openapi.yml` of a checkout of
 * github.com/MarquezProject/marquez.
 */
const description = process.env.SKEIN_MARQUEZ_OPENAPI;
if (description) {
  describe('the stand-in for Marquez', () => {
    it.each([
      ['/namespaces', '/namespaces'],
      ['/namespaces/airflow/jobs', '/namespaces/{namespace}/jobs'],
      ['/namespaces/bigquery/datasets', '/namespaces/{namespace}/datasets'],
    ])('answers %s as the description has it', async (path, operation) => {
      const api = parse(readFileSync(description, 'utf8'));
      const ajv = new Ajv2020({ strict: false, formats: { URL: true } });
      addFormats(ajv);
      ajv.addSchema(api, 'api');
      const { get } = api.paths[operation];
      const { $ref } = get.responses['200'].content['application/json'].schema;
      const validate = ajv.compile({ $ref: `api${$ref}` });

      // A custom facet of Marquez is an object, whatever it was sent.
      const described = jobs.map(({ facets, location, ...job }) => ({
        ...job,
        ...(location && { location }),
        facets: Object.fromEntries(
          Object.entries(facets ?? {}).filter(([key]) => key !== 'odd'),
        ),
      }));
      const marquez = await MarquezStandIn.start({ jobs: described, datasets });
      try {
        const answer = await fetch(`${marquez.baseUrl}/api/v1${path}`);
        validate(await answer.json());
        expect(validate.errors).toBeNull();
      } finally {
        await marquez.stop();
      }
    });
  });
}
