import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
// The whole way of an event, from its client to the portal.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import campaignsPlugin from '@skein/plugin-campaigns-backend';
import request from 'supertest';
import { gzipSync } from 'zlib';
import openLineageModule from '.';

/** These are closed at the end; those that a backend makes for itself are not. */
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const key = 'a-key-of-the-airflow-team';
const path = '/api/campaigns/openlineage/api/v1/lineage';

const base = {
  eventTime: new Date().toISOString(),
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json',
};

const eventOf = (job: string, dataset = 'acme.crm.users') => ({
  ...base,
  eventType: 'COMPLETE',
  run: { runId: '0190f3c3-1b8a-7c4e-9d3a-2f6f3d0c9b11' },
  job: { namespace: 'airflow', name: job },
  inputs: [{ namespace: 'bigquery', name: dataset }],
});

describe('the endpoint for OpenLineage clients', () => {
  let backend: TestBackend;
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async () => ({
      success: jest.fn(async () => {}),
      fail: jest.fn(async () => {}),
    })),
  });

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        campaignsPlugin,
        openLineageModule,
        mockServices.database.factory({
          knex: await databases.init('SQLITE_3'),
        }),
        catalogServiceMock.factory(),
        auditor.factory,
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://portal' },
            backend: { baseUrl: 'http://portal' },
            campaigns: {
              openlineage: {
                apiKeys: [{ name: 'airflow', key }],
                maxBodyMegabytes: 1,
              },
            },
          },
        }),
      ],
    });
  });

  afterAll(async () => {
    await backend?.stop();
  });

  const post = (to = path, token: string | undefined = key) => {
    const posted = request(backend.server)
      .post(to)
      .set('Content-Type', 'application/json');
    return token ? posted.set('Authorization', `Bearer ${token}`) : posted;
  };

  const get = async (what: string) => {
    const { body } = await request(backend.server)
      .get(`/api/campaigns${what}`)
      .set('Authorization', mockCredentials.user.header());
    return body;
  };

  const jobsReading = async (dataset: string) => {
    const { nodes } = await get(`/lineage?dataset=${dataset}`);
    return nodes
      .filter(({ kind }: any) => kind === 'job')
      .map(({ title }: any) => title)
      .sort();
  };

  it('takes an event as Marquez does, and shows its lineage', async () => {
    const response = await post().send(eventOf('one', 'acme.crm.one'));
    expect([response.status, response.text]).toEqual([201, '']);
    expect(await jobsReading('acme.crm.one')).toEqual(['one']);
    const { items } = await get('/lineage/providers');
    expect(items).toContainEqual(
      expect.objectContaining({
        id: 'openlineage',
        title: 'OpenLineage events',
        state: 'ok',
        lastSucceededAt: expect.any(String),
        events: expect.objectContaining({
          lastReceivedAt: expect.any(String),
          staleAfterSeconds: 7 * 24 * 60 * 60,
          expireAfterSeconds: 30 * 24 * 60 * 60,
        }),
      }),
    );
  });

  it('takes packed events', async () => {
    const response = await post()
      .set('Content-Encoding', 'gzip')
      .serialize(body => body as any)
      .send(
        gzipSync(JSON.stringify(eventOf('packed', 'acme.crm.packed'))) as any,
      );
    expect(response.status).toBe(201);
    expect(await jobsReading('acme.crm.packed')).toEqual(['packed']);
  });

  it.each([path, `${path}/batch`])(
    'keeps the good events of a batch at %s, and says what is wrong with the others',
    async to => {
      const dataset = `acme.crm.batch_${to.length}`;
      const response = await post(to).send([
        eventOf('first', dataset),
        { ...eventOf('second', dataset), eventTime: 'now' },
        eventOf('third', dataset),
        7,
      ]);
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        status: 'partial_success',
        summary: {
          received: 4,
          successful: 2,
          failed: 2,
          retriable: 0,
          non_retriable: 2,
        },
        failed_events: [
          {
            index: 1,
            reason: `'/eventTime' must match format "date-time"`,
            retriable: false,
          },
          { index: 3, reason: 'An event is a JSON object', retriable: false },
        ],
      });
      expect(await jobsReading(dataset)).toEqual(['first', 'third']);
    },
  );

  it('says so where nothing of a batch could be used, and where all could', async () => {
    const bad = await post().send([{}]);
    expect([bad.status, bad.body.summary.failed]).toEqual([400, 1]);
    const good = await post().send([eventOf('all')]);
    expect([good.status, good.body.status]).toEqual([200, 'success']);
    const empty = await post(`${path}/batch`).send([]);
    expect([empty.status, empty.body.status]).toEqual([200, 'success']);
    const noBatch = await post(`${path}/batch`).send(eventOf('all'));
    expect(noBatch.status).toBe(400);
  });

  it('says what is wrong with an event, to its sender and in the portal', async () => {
    const response = await post().send({ ...eventOf('bad'), job: {} });
    expect(response.status).toBe(400);
    expect(response.body.error).toMatchObject({
      name: 'InputError',
      message: "'/job' must have required property 'namespace'",
    });
    // Counted with the next event that is stored.
    await post().send(eventOf('after-bad'));
    const { items } = await get('/lineage/providers');
    const { events } = items.find(({ id }: any) => id === 'openlineage');
    expect(events.rejected).toBeGreaterThan(0);
    expect(events.lastRejection).toBe(
      "'/job' must have required property 'namespace'",
    );
  });

  it('refuses what is no JSON, and what is too large, packed or not', async () => {
    const broken = await post().send('{"eventTime": ');
    expect(broken.status).toBe(400);
    const text = await post().set('Content-Type', 'text/plain').send('event');
    expect(text.status).toBe(415);
    const large = JSON.stringify({ ...base, filler: 'x'.repeat(2 ** 21) });
    expect((await post().send(large)).status).toBe(413);
    const bomb = await post()
      .set('Content-Encoding', 'gzip')
      .serialize(body => body as any)
      .send(gzipSync(large) as any);
    expect(bomb.status).toBe(413);
  });

  it('survives hostile events', async () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    const facets = `{"x": ${deep}}`;
    const event = JSON.stringify(eventOf('deep'));
    const response = await post().send(
      event.replace('"name":"deep"', `"name":"deep","facets":${facets}`),
    );
    expect([response.status, response.body.error?.message]).toEqual([
      400,
      'The event is nested deeper than 200',
    ]);

    const polluting = await post().send(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(
        eventOf('__proto__', 'acme.crm.__proto__'),
      ).slice(1)}`,
    );
    expect(polluting.status).toBe(201);
    expect(({} as any).polluted).toBeUndefined();
    expect(await jobsReading('acme.crm.__proto__')).toEqual(['__proto__']);

    const unstorable = await post().send(
      eventOf('nul\u0000 and half \ud800', 'acme.crm.\u0000odd\ud800'),
    );
    expect(unstorable.status).toBe(201);
    expect(await jobsReading('acme.crm.odd')).toEqual(['nul and half ']);
  });

  it('lets nobody in without a key', async () => {
    for (const token of ['', 'wrong', `${key}x`, key.slice(1)]) {
      const response = await post(path, token).send(eventOf('intruder'));
      expect(response.status).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
    const user = await post(path, '')
      .set('Authorization', mockCredentials.user.header())
      .send(eventOf('intruder'));
    expect(user.status).toBe(401);
    const batch = await post(`${path}/batch`, 'wrong').send([]);
    expect(batch.status).toBe(401);
    expect(await jobsReading('acme.crm.users')).not.toContain('intruder');
  });

  it('lets services of Backstage in', async () => {
    const response = await post(path, '')
      .set('Authorization', mockCredentials.service.header())
      .send(eventOf('service', 'acme.crm.service'));
    expect(response.status).toBe(201);
    expect(await jobsReading('acme.crm.service')).toEqual(['service']);
  });

  it('leaves in the audit log who sent how much', async () => {
    await backend.stop();
    const entries = (auditor.createEvent as jest.Mock).mock.calls
      .map(([entry]) => entry)
      .filter(({ eventId }) => eventId === 'lineage-report');
    expect(entries).toEqual([
      expect.objectContaining({
        meta: {
          refusedRequests: expect.any(Number),
          senders: expect.arrayContaining([
            {
              name: 'airflow',
              received: expect.any(Number),
              rejected: expect.any(Number),
            },
          ]),
        },
      }),
    ]);
    expect(entries[0].meta.refusedRequests).toBeGreaterThanOrEqual(6);
  });
});

describe('configuration', () => {
  it.each([
    [
      { apiKeys: [{ name: 'airflow', key: 'short' }] },
      "the key of 'airflow' is shorter than 16 characters",
    ],
    [
      { staleAfter: '20 days', expireAfter: { days: 2 } },
      'would never be seen as stale',
    ],
  ])('%j is refused', async (openlineage, message) => {
    await expect(
      startTestBackend({
        features: [
          campaignsPlugin,
          openLineageModule,
          mockServices.database.factory({
            knex: await databases.init('SQLITE_3'),
          }),
          catalogServiceMock.factory(),
          mockServices.rootConfig.factory({
            data: {
              app: { baseUrl: 'http://portal' },
              backend: { baseUrl: 'http://portal' },
              campaigns: { openlineage },
            },
          }),
        ],
      }),
    ).rejects.toThrow(message);
  });
});
