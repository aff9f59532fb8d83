import { allRows } from '../../authorization';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageEvent, LineageFact } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import { reconcileEvents } from '../../database/operations/lineage/reconcileEvents';
import { registerEventSource } from '../../database/operations/lineage/registerEventSource';
import { findConsumers } from '../findConsumers';
import { LineageStore } from '../LineageStore';
import { queryLineage } from '../queryLineage';
import { EventLineageWriter } from './EventLineageWriter';

const day = 24 * 60 * 60 * 1000;
const source = {
  id: 'events',
  title: 'Events',
  staleAfterSeconds: (7 * day) / 1000,
  expireAfterSeconds: (30 * day) / 1000,
};

const read = (job: string, dataset: string) =>
  ({ type: 'read', job, dataset } as const);
const write = (job: string, dataset: string) =>
  ({ type: 'write', job, dataset } as const);
const event = (at: number, ...facts: LineageEvent['facts']): LineageEvent => ({
  at,
  facts,
});

/** All that the store holds of lineage, by names. */
async function contentOf(knex: Knex) {
  const names = new Map(
    (await knex('lineage_nodes')).map(node => [
      node.id,
      `${node.kind} ${node.name}`,
    ]),
  );
  const edges = await knex('lineage_edges');
  const columns = await knex('lineage_columns');
  const witnesses = await knex('lineage_witnesses');
  return {
    nodes: (await knex('lineage_nodes'))
      .map(({ id: _, ...node }) => JSON.stringify(node))
      .sort(),
    edges: edges
      .map(
        edge =>
          `${names.get(edge.from_node)} -> ${names.get(edge.to_node)} ${
            edge.confidence
          } ${edge.last_seen}`,
      )
      .sort(),
    columns: columns
      .map(
        column =>
          `${names.get(column.job_node)}: ${names.get(column.from_node)}.${
            column.from_column
          } -> ${names.get(column.to_node)}.${column.to_column} ${
            column.transformation
          } ${column.last_seen}`,
      )
      .sort(),
    witnesses: witnesses
      .map(
        ({ node_id, metadata, last_seen }) =>
          `${names.get(node_id)} ${metadata} ${last_seen}`,
      )
      .sort(),
    aliases: (await knex('lineage_aliases'))
      .map(({ kind, name, canonical }) => `${kind} ${name} is ${canonical}`)
      .sort(),
  };
}

async function emptyLineage(knex: Knex) {
  for (const table of [
    'lineage_edges',
    'lineage_columns',
    'lineage_witnesses',
    'lineage_aliases',
    'lineage_nodes',
  ]) {
    await knex(table).delete();
  }
}

async function reconcile(knex: Knex) {
  while (await reconcileEvents(knex, source.id));
}

describe('EventLineageWriter', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let store: LineageStore;
    let writer: EventLineageWriter;
    const writers: EventLineageWriter[] = [];

    const newWriter = () => {
      const made = EventLineageWriter.create({
        knex,
        logger: mockServices.logger.mock(),
        source,
        onAliases: () => {},
      });
      writers.push(made);
      return made;
    };

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      await registerEventSource(knex, source);
      store = LineageStore.create({
        knex,
        logger: mockServices.logger.mock(),
      });
      writer = newWriter();
    });

    afterEach(async () => {
      await Promise.all(writers.splice(0).map(each => each.stop()));
    });

    const consumersOf = async (dataset: string) =>
      (await findConsumers(knex, { dataset, depth: 5 })).consumers
        .map(consumer => consumer.node.name)
        .sort();

    it('makes one edge of what events and another source say', async () => {
      const now = Date.now();
      await store.replaceProviderFacts('dbt', [
        read('daily', 'acme.crm.users'),
      ]);
      await writer.write([event(now, read('daily', 'acme:crm.Users'))]);

      const graph = await queryLineage(
        knex,
        { dataset: 'acme.crm.users' },
        allRows,
      );
      expect(graph.edges).toEqual([
        expect.objectContaining({ providers: ['dbt', 'events'] }),
      ]);
      await store.replaceProviderFacts('dbt', []);
      expect(await consumersOf('acme.crm.users')).toEqual(['daily']);
    });

    it('keeps the newest time of an edge, and what was said last of a node', async () => {
      const now = Date.now();
      const job = (title: string): LineageEvent['facts'][number] => ({
        type: 'job',
        name: 'daily',
        title,
      });
      await writer.write([
        event(now, job('new'), read('daily', 'x.users')),
        event(now - day, job('old'), read('daily', 'x.users')),
      ]);
      await newWriter().write([
        event(now - 2 * day, job('older'), read('daily', 'x.users')),
      ]);
      const graph = await queryLineage(knex, { dataset: 'x.users' }, allRows);
      expect(graph.nodes[1].title).toBe('new');
      const seen = Date.parse(graph.edges[0].lastSeenAt);
      expect(seen).toBeLessThanOrEqual(now);
      expect(seen).toBeGreaterThan(now - 6 * 60 * 1000);
    });

    it('lets what is not said any more go stale, and then go', async () => {
      const now = Date.now();
      await writer.write([
        event(now, read('fresh', 'x.users'), write('fresh', 'x.marts')),
        event(
          now - 10 * day,
          { type: 'job', name: 'quiet', title: 'Quiet' },
          read('quiet', 'x.users'),
        ),
        event(now - 40 * day, read('gone', 'x.users')),
      ]);
      expect(await consumersOf('x.users')).toEqual(['fresh', 'quiet']);
      const { edges, nodes } = await queryLineage(
        knex,
        {
          dataset: 'x.users',
        },
        allRows,
      );
      const stale = edges.filter(edge => edge.stale);
      expect(
        stale.map(edge => nodes.find(node => node.id === edge.to)?.name),
      ).toEqual(['quiet']);
      await reconcile(knex);
      expect((await store.listProviders())[0]).toMatchObject({
        id: 'events',
        state: 'ok',
        edges: 3,
        nodes: 4,
        events: { received: 3, rejected: 0, staleEdges: 1 },
      });

      await knex('lineage_edges').update({
        last_seen: knex.raw('last_seen - ?', [25 * day]),
      });
      await knex('lineage_witnesses').update({
        last_seen: knex.raw('last_seen - ?', [25 * day]),
      });
      await reconcile(knex);
      expect(await consumersOf('x.users')).toEqual(['fresh']);
      expect(await knex('lineage_nodes').pluck('name')).not.toContain('quiet');
    });

    it('does not believe a time in the future', async () => {
      await writer.write([event(Date.now() + 900 * day, read('a', 'x.users'))]);
      const { edges } = await queryLineage(
        knex,
        { dataset: 'x.users' },
        allRows,
      );
      expect(Date.parse(edges[0].lastSeenAt)).toBeLessThanOrEqual(Date.now());
    });

    it('brings the names of one dataset together, also those of other sources', async () => {
      const now = Date.now();
      const files = 's3://lake/users';
      await store.replaceProviderFacts('dbt', [
        { type: 'dataset', name: 'hive.crm.users', title: 'Users' },
        read('model', 'hive.crm.users'),
      ]);
      await writer.write([event(now, read('copy', `${files}/day=2024-01-01`))]);
      expect(await consumersOf('hive.crm.users')).toEqual(['model']);

      await writer.write([
        event(now, {
          type: 'sameDataset',
          names: [files, 'hive.crm.users'],
        }),
      ]);
      await reconcile(knex);
      for (const name of ['hive.crm.users', files]) {
        expect(await consumersOf(name)).toEqual(['copy', 'model']);
      }
      // What reads its source anew goes by it too.
      await store.replaceProviderFacts('dbt', [
        read('model', files),
        read('second', 'hive.crm.users'),
      ]);
      expect(await consumersOf('crm.users')).toEqual([
        'copy',
        'model',
        'second',
      ]);
    });

    it('refuses to make one dataset of very many names', async () => {
      const now = Date.now();
      await writer.write([
        event(now, {
          type: 'sameDataset',
          names: Array.from({ length: 60 }, (_, i) => `x.table_${i}`),
        }),
      ]);
      expect(await knex('lineage_aliases')).toEqual([]);
    });

    it('takes a file that an event names for the job whose folder it lies in', async () => {
      const now = Date.now();
      const repository = { host: 'github.com', owner: 'acme', name: 'dags' };
      const file = 'github.com/acme/dags//crm/daily/users.py';
      await writer.write([
        event(
          now,
          {
            type: 'job',
            name: file,
            title: 'users',
            repository,
            path: 'crm/daily/users.py',
            ownerRef: 'group:default/crm',
          },
          read(file, 'x.users'),
        ),
      ]);
      await reconcile(knex);
      expect(await consumersOf('x.users')).toEqual([file]);

      const folder = 'github.com/acme/dags//crm/daily';
      await store.replaceProviderFacts('sql', [
        { type: 'job', name: 'github.com/acme/dags//', repository, path: '' },
        {
          type: 'job',
          name: folder,
          title: 'Daily',
          repository,
          path: 'crm/daily',
        },
        read('github.com/acme/dags//', 'x.other'),
        read(folder, 'x.users'),
      ]);
      await reconcile(knex);
      const { consumers } = await findConsumers(knex, {
        dataset: 'x.users',
        depth: 1,
      });
      expect(consumers.map(({ node, providers }) => [node, providers])).toEqual(
        [
          [
            expect.objectContaining({
              name: folder,
              title: 'Daily',
              path: 'crm/daily',
              ownerRef: 'group:default/crm',
            }),
            ['events', 'sql'],
          ],
        ],
      );

      // The folder is known no more: its file is a job again, at its next event.
      await store.replaceProviderFacts('sql', []);
      await reconcile(knex);
      await newWriter().write([event(now, read(file, 'x.users'))]);
      expect(await consumersOf('x.users')).toContain(file);
    });

    it('counts what was rejected, and why', async () => {
      writer.reject(2, 'eventTime is missing\nand more');
      await writer.write([event(Date.now(), read('a', 'x.users'))]);
      expect((await store.listProviders())[0].events).toEqual(
        expect.objectContaining({
          received: 1,
          rejected: 2,
          lastRejection: 'eventTime is missing',
          lastReceivedAt: expect.any(String),
          lastRejectedAt: expect.any(String),
        }),
      );
    });

    it('stores what waits when it stops, and takes nothing after', async () => {
      const waiting = writer.write([event(Date.now(), read('a', 'x.users'))]);
      await writer.stop();
      await waiting;
      expect(await consumersOf('x.users')).toEqual(['a']);
      await expect(
        writer.write([event(Date.now(), read('b', 'x.users'))]),
      ).rejects.toThrow(
        expect.objectContaining({ name: 'ServiceUnavailableError' }),
      );
    });

    it('says so where events cannot be stored, and stores the next', async () => {
      await knex.schema.renameTable('lineage_edges', 'away');
      await expect(
        writer.write([event(Date.now(), read('a', 'x.users'))]),
      ).rejects.toThrow('send them again later');
      await knex.schema.renameTable('away', 'lineage_edges');
      expect((await store.listProviders())[0]).toMatchObject({
        state: 'failed',
        lastError: expect.stringContaining('could not be stored'),
      });
      await writer.write([event(Date.now(), read('a', 'x.users'))]);
      expect(await consumersOf('x.users')).toEqual(['a']);
      expect((await store.listProviders())[0]).toMatchObject({ state: 'ok' });
    });

    it('comes to the same graph whatever the order of events, and however often one comes', async () => {
      const base = Date.now() - 3 * day;
      const name = fc.constantFrom(
        'x.a',
        'x.b',
        'y.x.a',
        's3://l/a',
        's3://l/b',
      );
      const job = fc.constantFrom('j1', 'j2', 'github.com/o/r//f/a.py');
      const fact: fc.Arbitrary<LineageEvent['facts'][number]> = fc.oneof(
        fc.record({
          type: fc.constantFrom('read' as const, 'write' as const),
          job,
          dataset: name,
          confidence: fc.constantFrom('certain' as const, 'likely' as const),
        }),
        fc.record({
          type: fc.constant('job' as const),
          name: job,
          title: fc.constantFrom('One', 'Two'),
          ownerRef: fc.constantFrom('group:default/a', 'group:default/b'),
        }),
        fc.record({
          type: fc.constant('dataset' as const),
          name,
          title: fc.constantFrom('A', 'B'),
        }),
        fc.record({
          type: fc.constant('column' as const),
          job,
          dataset: name,
          column: fc.constantFrom('id', 'email'),
          into: fc.record({
            dataset: name,
            column: fc.constantFrom('id', 'mail'),
          }),
          transformation: fc.constantFrom('identity', 'aggregation'),
        }),
        fc.record({
          type: fc.constant('sameDataset' as const),
          names: fc.uniqueArray(name, { minLength: 2, maxLength: 2 }),
        }),
      );
      const events = fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 5 }).map(i => base + i * 3600_000),
          facts: fc.array(fact, { minLength: 1, maxLength: 4 }),
        }),
        { minLength: 1, maxLength: 8 },
      );
      const deliveries = events.chain(all =>
        fc.record({
          all: fc.constant(all),
          // Each at least once, some more, in any order and in any batches.
          order: fc
            .array(fc.nat(all.length - 1), { maxLength: all.length })
            .chain(again =>
              fc.shuffledSubarray([...all.keys(), ...again], {
                minLength: all.length + again.length,
              }),
            ),
          cuts: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        }),
      );
      const runs = databaseId === 'SQLITE_3' ? 60 : 25;
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ all, order, cuts }) => {
          await emptyLineage(knex);
          await newWriter().write(all);
          await reconcile(knex);
          const expected = await contentOf(knex);

          await emptyLineage(knex);
          // Two writers, as two replicas are.
          const replicas = [newWriter(), newWriter()];
          let batch: LineageEvent[] = [];
          for (const [at, index] of order.entries()) {
            batch.push(all[index]);
            if (cuts[at % cuts.length] || at === order.length - 1) {
              await replicas[at % 2].write(batch);
              batch = [];
              if (cuts[(at * 7) % cuts.length]) await reconcile(knex);
            }
          }
          await reconcile(knex);
          expect(await contentOf(knex)).toEqual(expected);
        }),
        { numRuns: runs },
      );
    });
  });

  if (databases.supports('POSTGRES_15')) {
    it('has writers of several processes take turns, beside reads of other sources', async () => {
      const knex = await databases.init('POSTGRES_15');
      await migrate(knex);
      await registerEventSource(knex, source);
      const options = {
        knex,
        logger: mockServices.logger.mock(),
        source,
        onAliases: () => {},
      };
      const replicas = [1, 2, 3].map(() => EventLineageWriter.create(options));
      const store = LineageStore.create({
        knex,
        logger: mockServices.logger.mock(),
      });
      const facts = (offset: number): LineageFact[] =>
        Array.from({ length: 300 }, (_, i): LineageFact[] => {
          const number = (i * 7 + offset * 13) % 300;
          return [
            { type: 'job', name: `j${number}`, title: `J${offset}` },
            read(`j${number}`, `x.t${(number * 3) % 100}`),
            write(`j${number}`, `x.t${(number * 5) % 100}`),
          ];
        }).flat();
      const now = Date.now();
      await Promise.all([
        ...replicas.flatMap((replica, r) =>
          Array.from({ length: 10 }, (_, i) =>
            replica.write(
              Array.from({ length: 30 }, (__, k) =>
                event(
                  now,
                  ...(facts(r * 100 + i * 10 + k).slice(
                    0,
                    30,
                  ) as LineageEvent['facts']),
                ),
              ),
            ),
          ),
        ),
        store.replaceProviderFacts('dbt', facts(1)),
        store.replaceProviderFacts('catalog', facts(5)),
      ]);
      await Promise.all(replicas.map(replica => replica.stop()));
      await reconcile(knex);
      const [{ events, state }] = (await store.listProviders()).filter(
        each => each.id === 'events',
      );
      expect({ events, state }).toMatchObject({
        events: { received: 900 },
        state: 'ok',
      });
      const edges = await knex('lineage_edges').where({ provider: 'events' });
      expect(edges).toHaveLength(600);
    });
  }
});
