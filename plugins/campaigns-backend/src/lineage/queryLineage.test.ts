import { allRows } from '../authorization';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageFact } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { findConsumers } from './findConsumers';
import { LineageStore } from './LineageStore';
import { queryLineage } from './queryLineage';

/** A graph of facts, small enough to meet cycles, hubs and islands often. */
const facts = fc.array(
  fc.record({
    type: fc.constantFrom('read' as const, 'write' as const),
    job: fc.integer({ min: 0, max: 7 }).map(i => `job${i}`),
    dataset: fc.integer({ min: 0, max: 7 }).map(i => `x.d${i}`),
    provider: fc.constantFrom('catalog', 'dbt'),
  }),
  { maxLength: 40 },
);
type Fact = LineageFact & {
  type: 'read' | 'write';
  provider: string;
  job: string;
  dataset: string;
};

/** Depth of each node by brute force: all paths are tried, shorter ones win. */
function naiveDepths(
  all: Fact[],
  root: string,
  direction: 'downstream' | 'upstream',
  depth: number,
): Map<string, number> {
  const depths = new Map<string, number>();
  const walk = (name: string, at: number) => {
    if (at > depth || (depths.get(name) ?? Infinity) <= at) return;
    depths.set(name, at);
    for (const { type, job, dataset } of all) {
      const [from, to] = type === 'read' ? [dataset, job] : [job, dataset];
      const [near, far] = direction === 'downstream' ? [from, to] : [to, from];
      if (near === name) walk(far, far.startsWith('job') ? at + 1 : at);
    }
  };
  walk(root, 0);
  return depths;
}

describe('graph queries', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let store: LineageStore;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      store = LineageStore.create({
        knex,
        logger: mockServices.logger.mock(),
      });
    });

    const load = async (all: Fact[]) => {
      for (const provider of ['catalog', 'dbt']) {
        await store.replaceProviderFacts(
          provider,
          all.filter(fact => fact.provider === provider),
        );
      }
    };

    it.each(['downstream', 'upstream', 'both'] as const)(
      'finds what a naive walk finds: %s',
      async direction => {
        await fc.assert(
          fc.asyncProperty(
            facts,
            fc.integer({ min: 0, max: 4 }),
            async (all, depth) => {
              fc.pre(all.some(fact => fact.dataset === 'x.d0'));
              await load(all);
              const graph = await queryLineage(
                knex,
                {
                  dataset: 'x.d0',
                  direction,
                  depth,
                },
                allRows,
              );
              const expected = new Map<string, number>();
              for (const each of ['downstream', 'upstream'] as const) {
                if (direction !== 'both' && direction !== each) continue;
                for (const [name, at] of naiveDepths(
                  all,
                  'x.d0',
                  each,
                  depth,
                )) {
                  expected.set(
                    name,
                    Math.min(at, expected.get(name) ?? Infinity),
                  );
                }
              }
              expect(
                new Map(graph.nodes.map(node => [node.name, node.depth])),
              ).toEqual(expected);
              expect(graph.truncated).toBe(false);
              expect(graph.root).toMatchObject({ name: 'x.d0', depth: 0 });

              if (direction === 'both') return;
              const names = new Map(
                graph.nodes.map(node => [node.id, node.name]),
              );
              const witnesses = new Map<string, Set<string>>();
              for (const { type, job, dataset, provider } of all) {
                if (!expected.has(job) || !expected.has(dataset)) continue;
                const key =
                  type === 'read' ? `${dataset} ${job}` : `${job} ${dataset}`;
                witnesses.set(
                  key,
                  (witnesses.get(key) ?? new Set()).add(provider),
                );
              }
              expect(
                new Map(
                  graph.edges.map(edge => [
                    `${names.get(edge.from)} ${names.get(edge.to)}`,
                    new Set(edge.providers),
                  ]),
                ),
              ).toEqual(witnesses);
            },
          ),
          { numRuns: 40 },
        );
      },
    );

    it('gives each consumer a shortest path over witnessed edges', async () => {
      await fc.assert(
        fc.asyncProperty(
          facts,
          fc.integer({ min: 1, max: 4 }),
          async (all, depth) => {
            await load(all);
            const { consumers } = await findConsumers(knex, {
              dataset: 'x.d0',
              depth,
            });
            const expected = new Map(
              [...naiveDepths(all, 'x.d0', 'downstream', depth)].filter(
                ([name]) => name.startsWith('job'),
              ),
            );
            expect(
              new Map(consumers.map(({ node }) => [node.name, node.depth])),
            ).toEqual(
              all.some(f => f.dataset === 'x.d0') ? expected : new Map(),
            );
            for (const { node, path, providers } of consumers) {
              const names = path.map(each => each.name);
              expect(names[0]).toBe('x.d0');
              expect(names[names.length - 1]).toBe(node.name);
              expect(names).toHaveLength(2 * node.depth);
              const seen = new Set<string>();
              names.slice(1).forEach((name, index) => {
                const [dataset, job, type] =
                  index % 2 === 0
                    ? [names[index], name, 'read']
                    : [name, names[index], 'write'];
                const steps = all.filter(
                  fact =>
                    fact.type === type &&
                    fact.dataset === dataset &&
                    fact.job === job,
                );
                expect(steps).not.toHaveLength(0);
                steps.forEach(step => seen.add(step.provider));
              });
              expect(providers).toEqual([...seen].sort());
            }
          },
        ),
        { numRuns: 40 },
      );
    });

    it('stops at the limit, nearest first, and says so', async () => {
      await load([]);
      await store.replaceProviderFacts('dbt', [
        ...Array.from(
          { length: 30 },
          (_, i): LineageFact => ({
            type: 'read',
            job: `near${i}`,
            dataset: 'x.hub',
          }),
        ),
        { type: 'write', job: 'near0', dataset: 'x.next' },
        { type: 'read', job: 'far', dataset: 'x.next' },
      ]);
      const some = await queryLineage(
        knex,
        { dataset: 'x.hub', limit: 11 },
        allRows,
      );
      expect(some.truncated).toBe(true);
      expect(some.nodes).toHaveLength(11);
      expect(some.summary).toMatchObject({ direct: 10, indirect: 0 });
      const whole = await queryLineage(
        knex,
        { dataset: 'x.hub', limit: 33 },
        allRows,
      );
      expect(whole.truncated).toBe(false);
      expect(whole.summary).toEqual({
        direct: 30,
        indirect: 1,
        owners: 0,
        deepest: 2,
        byFramework: { unknown: 31 },
        byOwner: { unknown: 31 },
        byDepth: { 1: 30, 2: 1 },
      });
    });

    it('knows nothing of a dataset that no source names', async () => {
      const graph = await queryLineage(knex, { dataset: 'x.unknown' }, allRows);
      expect(graph).toMatchObject({ nodes: [], edges: [], truncated: false });
      expect(graph.root).toBeUndefined();
    });

    it('takes a name without its project where it is one dataset', async () => {
      await store.replaceProviderFacts('dbt', [
        { type: 'read', job: 'a', dataset: 'one.logs.a_b' },
        { type: 'read', job: 'b', dataset: 'one.logs.axb' },
        { type: 'read', job: 'c', dataset: 'one.logs.c' },
        { type: 'read', job: 'd', dataset: 'two.logs.c' },
      ]);
      const rootOf = async (dataset: string) =>
        (await queryLineage(knex, { dataset }, allRows)).root?.name;
      expect(await rootOf('logs.a_b')).toBe('one.logs.a_b');
      expect(await rootOf('logs.c')).toBeUndefined();
      expect(await rootOf('`two.logs.c`')).toBe('two.logs.c');
      expect(await rootOf('c')).toBeUndefined();
    });

    it("shows a consumer's state in the newest campaign of the dataset", async () => {
      await store.replaceProviderFacts('dbt', [
        {
          type: 'job',
          name: 'github.com/acme/warehouse//dbt',
          repository: { host: 'github.com', owner: 'acme', name: 'warehouse' },
          path: 'dbt',
        },
        {
          type: 'read',
          job: 'github.com/acme/warehouse//dbt',
          dataset: 'x.users',
        },
      ]);
      const campaign = async (number: number, from: string, state: string) => {
        const id = `00000000-0000-4000-8000-00000000000${number}`;
        await knex('campaigns').insert({
          id,
          name: `campaign-${number}`,
          title: '',
          owner_ref: 'group:default/a',
          state: 'active',
          spec: JSON.stringify({ datasets: [{ from, to: 'x.new' }] }),
          scope_state: 'ready',
          created_by: 'user:default/a',
          created_at: number,
          updated_at: 0,
        });
        await knex('targets').insert({
          id,
          campaign_id: id,
          repo_host: 'github.com',
          repo_owner: 'acme',
          repo_name: 'warehouse',
          path: 'dbt',
          framework: 'dbt',
          state,
          reasons: '[]',
          created_at: 0,
          updated_at: 0,
        });
      };
      await campaign(1, 'x.users', 'merged');
      await campaign(2, '`X.users`', 'prOpen');
      await campaign(3, 'x.other', 'failed');
      const graph = await queryLineage(knex, { dataset: 'x.users' }, allRows);
      expect(graph.nodes[1]).toMatchObject({
        framework: 'dbt',
        migration: {
          campaignName: 'campaign-2',
          targetId: '00000000-0000-4000-8000-000000000002',
          state: 'prOpen',
        },
      });
    });
  });
});
