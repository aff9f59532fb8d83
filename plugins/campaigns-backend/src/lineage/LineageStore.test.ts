import { allRows } from '../authorization';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageFact } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { findConsumers } from './findConsumers';
import { LineageStore } from './LineageStore';
import { queryLineage } from './queryLineage';

const read = (job: string, dataset: string): LineageFact => ({
  type: 'read',
  job,
  dataset,
});
const write = (job: string, dataset: string): LineageFact => ({
  type: 'write',
  job,
  dataset,
});

describe('LineageStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let store: LineageStore;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      store = LineageStore.create({
        knex,
        logger: mockServices.logger.mock(),
      });
    });

    const consumersOf = async (dataset: string) =>
      (await findConsumers(knex, { dataset, depth: 5 })).consumers
        .map(consumer => consumer.node.name)
        .sort();

    it('keeps one edge with two witnesses where two sources say the same', async () => {
      await store.replaceProviderFacts('catalog', [
        read('daily', '`Acme.user_data.users`'),
      ]);
      await store.replaceProviderFacts('dbt', [
        read('daily', 'acme:user_data.users'),
      ]);

      const graph = await queryLineage(
        knex,
        { dataset: 'user_data.users' },
        allRows,
      );
      expect(graph.nodes.map(node => node.name)).toEqual([
        'acme.user_data.users',
        'daily',
      ]);
      expect(graph.edges).toEqual([
        expect.objectContaining({
          from: graph.root!.id,
          providers: ['catalog', 'dbt'],
        }),
      ]);
    });

    it("replaces a source's own edges and nobody else's", async () => {
      await store.replaceProviderFacts('catalog', [
        read('a', 'x.users'),
        read('b', 'x.users'),
      ]);
      await store.replaceProviderFacts('dbt', [
        read('b', 'x.users'),
        read('c', 'x.users'),
      ]);
      await store.replaceProviderFacts('catalog', [read('a', 'x.users')]);
      expect(await consumersOf('x.users')).toEqual(['a', 'b', 'c']);

      await store.replaceProviderFacts('dbt', []);
      expect(await consumersOf('x.users')).toEqual(['a']);
      expect(await knex('lineage_nodes').pluck('name')).toEqual(
        expect.not.arrayContaining(['b', 'c']),
      );
    });

    it('shows nothing of a read before it is whole, and nothing of one that failed', async () => {
      await store.replaceProviderFacts('dbt', [read('old', 'x.users')]);
      const seen: string[][] = [];
      async function* facts() {
        // More than a batch, so that a part of them is stored.
        for (let i = 0; i < 1500; i++) yield read(`new${i}`, 'x.users');
        seen.push(await consumersOf('x.users'));
        throw new Error('The forge is away\nand more');
      }
      await expect(store.replaceProviderFacts('dbt', facts())).rejects.toThrow(
        'The forge is away',
      );
      seen.push(await consumersOf('x.users'));
      expect(seen).toEqual([['old'], ['old']]);
      expect(await store.listProviders()).toEqual([
        expect.objectContaining({
          id: 'dbt',
          state: 'failed',
          lastError: 'The forge is away',
          edges: 1,
          lastSucceededAt: expect.any(String),
        }),
      ]);

      await store.replaceProviderFacts('dbt', [read('new1', 'x.users')]);
      expect(await consumersOf('x.users')).toEqual(['new1']);
      expect(await knex('lineage_edges')).toHaveLength(1);
      expect(await knex('lineage_nodes')).toHaveLength(2);
    });

    it('merges what sources say of a node, and forgets what a source says no more', async () => {
      const job = 'GitHub.com/Acme/Warehouse//dbt/';
      await store.replaceProviderFacts('dbt', [
        {
          type: 'job',
          name: job,
          title: 'warehouse',
          framework: 'dbt',
          ownerRef: 'group:default/codeowners',
          repository: { host: 'github.com', owner: 'Acme', name: 'Warehouse' },
          path: 'dbt/',
        },
        read(job, 'x.users'),
      ]);
      await store.replaceProviderFacts('catalog', [
        {
          type: 'job',
          name: 'github.com/acme/warehouse//dbt',
          entityRef: 'component:default/warehouse',
          ownerRef: 'group:default/insights',
        },
        {
          type: 'dataset',
          name: 'x.users',
          entityRef: 'resource:default/users',
        },
      ]);
      const node = async () =>
        (
          await queryLineage(
            knex,
            { dataset: 'resource:default/users' },
            allRows,
          )
        ).nodes[1];
      expect(await node()).toMatchObject({
        name: 'github.com/acme/warehouse//dbt',
        title: 'warehouse',
        framework: 'dbt',
        ownerRef: 'group:default/insights',
        repository: { host: 'github.com', owner: 'Acme', name: 'Warehouse' },
        path: 'dbt',
        depth: 1,
      });

      await store.replaceProviderFacts('catalog', []);
      const [, consumer] = (
        await queryLineage(knex, { dataset: 'x.users' }, allRows)
      ).nodes;
      expect(consumer).toMatchObject({ ownerRef: 'group:default/codeowners' });
      expect(consumer.entityRef).toBeUndefined();
    });

    it('keeps an entity without edges, and drops it with its entity', async () => {
      const dataset: LineageFact = {
        type: 'dataset',
        name: 'x.unused',
        entityRef: 'resource:default/unused',
      };
      await store.replaceProviderFacts('catalog', [
        dataset,
        { type: 'dataset', name: 'x.nobody' },
      ]);
      expect(await knex('lineage_nodes').pluck('name')).toEqual(['x.unused']);
      await store.replaceProviderFacts('catalog', []);
      expect(await knex('lineage_nodes')).toEqual([]);
    });

    it('keeps what was known of a repository that cannot be read now', async () => {
      const warehouse = {
        host: 'github.com',
        owner: 'acme',
        name: 'Warehouse',
      };
      const jobs = ['warehouse//dbt', 'other//'].map(
        name => `github.com/acme/${name}`,
      );
      const other = { ...warehouse, name: 'other' };
      await store.replaceProviderFacts('dbt', [
        { type: 'job', name: jobs[0], repository: warehouse, path: 'dbt' },
        { type: 'job', name: jobs[1], repository: other, title: 'Other' },
        read(jobs[0], 'x.users'),
        write(jobs[0], 'x.marts'),
        { type: 'dataset', name: 'x.marts', title: 'Marts' },
        read(jobs[1], 'x.users'),
      ]);
      const result = await store.replaceProviderFacts('dbt', [
        { type: 'unread', repository: warehouse, reason: 'HTTP 502' },
        { type: 'job', name: jobs[1], repository: other },
        read(jobs[1], 'x.marts'),
      ]);
      expect(result).toMatchObject({ edges: 3, unread: 1 });

      const graph = await queryLineage(
        knex,
        { dataset: 'x.users', depth: 5 },
        allRows,
      );
      expect(
        graph.nodes.map(({ name, title, depth }) => [name, title, depth]),
      ).toEqual([
        ['x.users', 'x.users', 0],
        ['x.marts', 'Marts', 1],
        [jobs[0], 'dbt', 1],
        [jobs[1], 'other', 2],
      ]);
      expect(await store.listProviders()).toEqual([
        expect.objectContaining({
          state: 'ok',
          lastError: expect.stringMatching(/acme\/Warehouse .*HTTP 502/),
        }),
      ]);
    });

    it('ignores facts whose names name nothing', async () => {
      const result = await store.replaceProviderFacts('dbt', [
        read('', 'x.users'),
        read('a', '{{ table }}'),
        read('a', `x.${'y'.repeat(3000)}`),
        read('a', 'x.users'),
      ]);
      expect(result).toEqual({ nodes: 2, edges: 1, ignored: 3, unread: 0 });
    });

    it('remembers the surer of two words on an edge', async () => {
      await store.replaceProviderFacts('dbt', [
        { ...read('a', 'x.users'), confidence: 'likely' } as LineageFact,
        read('a', 'x.users'),
        { ...read('a', 'x.users'), confidence: 'likely' } as LineageFact,
        ...Array.from({ length: 1000 }, (_, i) => read(`b${i}`, 'x.users')),
        { ...read('a', 'x.users'), confidence: 'likely' } as LineageFact,
      ]);
      const edges = await knex('lineage_edges')
        .join('lineage_nodes', 'lineage_nodes.id', 'to_node')
        .where({ 'lineage_nodes.name': 'a' });
      expect(edges).toEqual([
        expect.objectContaining({ confidence: 'certain' }),
      ]);
    });

    it('lets the newest read alone publish', async () => {
      await store.replaceProviderFacts('dbt', [read('first', 'x.users')]);
      async function* slow() {
        yield read('late', 'x.users');
        await store.replaceProviderFacts('dbt', [read('newer', 'x.users')]);
      }
      await expect(store.replaceProviderFacts('dbt', slow())).rejects.toThrow(
        expect.objectContaining({ name: 'ConflictError' }),
      );
      expect(await consumersOf('x.users')).toEqual(['newer']);
      expect((await store.listProviders())[0]).toMatchObject({ state: 'ok' });
    });

    it('gives a read to one process, and a lost one to the next', async () => {
      const providers = [{ id: 'dbt', intervalMilliseconds: 60_000 }];
      await store.registerProviders([{ ...providers[0], title: 'dbt' }]);
      const [first] = await store.claimReads(providers, 5);
      expect(first).toMatchObject({ provider: 'dbt' });
      expect(await store.claimReads(providers, 5)).toEqual([]);

      await knex('lineage_providers').update({ leased_until: 1 });
      const [second] = await store.claimReads(providers, 5);
      expect(second.attempt).toBe(first.attempt + 1);
      await expect(
        store.replaceProviderFacts('dbt', [read('a', 'x.users')], first),
      ).rejects.toThrow('read by another process');
      await store.replaceProviderFacts('dbt', [read('b', 'x.users')], second);
      expect(await consumersOf('x.users')).toEqual(['b']);

      expect(await store.claimReads(providers, 5)).toEqual([]);
      await store.requestReads(['dbt']);
      expect(await store.claimReads(providers, 5)).toHaveLength(1);
    });
  });
});
