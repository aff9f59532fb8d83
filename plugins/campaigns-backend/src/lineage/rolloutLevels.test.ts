import { allRows } from '../authorization';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageFact } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { LineageStore } from './LineageStore';
import { queryLineage } from './queryLineage';
import { rolloutLevels } from './rolloutLevels';

type Flow = { type: 'read' | 'write'; job: number; dataset: number };

/** Few jobs and datasets, so that cycles, diamonds and islands are met often. */
const flows: fc.Arbitrary<Flow[]> = fc.array(
  fc.record({
    type: fc.constantFrom('read' as const, 'write' as const),
    job: fc.nat(6),
    dataset: fc.nat(6),
  }),
  { maxLength: 30 },
);

/** What each step leads to: jobs that read, datasets that are written. */
function next(all: Flow[], node: string, placeOf: (job: number) => string) {
  return all.flatMap(({ type, job, dataset }) => {
    const [from, to] =
      type === 'read'
        ? [`d${dataset}`, placeOf(job)]
        : [placeOf(job), `d${dataset}`];
    return from === node ? [to] : [];
  });
}

function reach(all: Flow[], start: string, placeOf: (job: number) => string) {
  const seen = new Set([start]);
  for (const node of seen) {
    for (const to of next(all, node, placeOf)) seen.add(to);
  }
  return seen;
}

/** Levels by their definition, of the places of all jobs that the root leads to. */
function naiveLevels(all: Flow[], placeOf: (job: number) => string) {
  // What flows back into the root is no reason to wait.
  const forward = all.filter(flow => flow.type === 'read' || flow.dataset > 0);
  const reached = reach(forward, 'd0', String);
  const flowing = forward.filter(
    flow => reached.has(String(flow.job)) && reached.has(`d${flow.dataset}`),
  );
  const within = [
    ...new Set([...reached].map(n => (n[0] === 'd' ? n : placeOf(Number(n))))),
  ];
  const ahead = new Map(
    within.map(node => [node, reach(flowing, node, placeOf)]),
  );
  const levelOf = (node: string): number => {
    const component = within.filter(
      each => ahead.get(each)!.has(node) && ahead.get(node)!.has(each),
    );
    const before = within.filter(
      each =>
        !component.includes(each) &&
        next(flowing, each, placeOf).some(to => component.includes(to)),
    );
    const own = component.some(each => each[0] !== 'd') ? 1 : 0;
    return own + Math.max(0, ...before.map(levelOf));
  };
  return new Map(
    within.filter(node => node[0] !== 'd').map(node => [node, levelOf(node)]),
  );
}

describe('levels of a rollout', () => {
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

    /** Two jobs lie in each repository. */
    const repositoryOf = (job: number) =>
      `github.com/acme/r${Math.floor(job / 2)}`;
    const load = (all: Flow[]) =>
      store.replaceProviderFacts(
        'dbt',
        all.flatMap(({ type, job, dataset }): LineageFact[] => {
          const name = `${repositoryOf(job)}//j${job}`;
          const [host, owner, repository] = repositoryOf(job).split('/');
          return [
            {
              type: 'job',
              name,
              repository: { host, owner, name: repository },
              path: `j${job}`,
            },
            { type, job: name, dataset: `x.d${dataset}` },
          ];
        }),
      );

    it('are those of a naive walk over repositories', async () => {
      await fc.assert(
        fc.asyncProperty(flows, async all => {
          fc.pre(all.some(flow => flow.dataset === 0));
          await load(all);
          expect(
            await rolloutLevels(knex, { datasets: ['x.d0'], depth: 20 }),
          ).toEqual(naiveLevels(all, repositoryOf));
        }),
        { numRuns: 60 },
      );
    });

    it('stand beside each job of the graph', async () => {
      await fc.assert(
        fc.asyncProperty(flows, async all => {
          fc.pre(all.some(flow => flow.dataset === 0));
          await load(all);
          const graph = await queryLineage(
            knex,
            {
              dataset: 'x.d0',
              depth: 20,
            },
            allRows,
          );
          const jobOf = (job: number) => `${repositoryOf(job)}//j${job}`;
          expect(
            new Map(
              graph.nodes
                .filter(node => node.kind === 'job')
                .map(node => [node.name, node.level]),
            ),
          ).toEqual(naiveLevels(all, jobOf));
        }),
        { numRuns: 60 },
      );
    });

    it('join those of several datasets, and leave out what lineage does not know', async () => {
      await load([
        { type: 'read', job: 0, dataset: 0 },
        { type: 'write', job: 0, dataset: 1 },
        { type: 'read', job: 2, dataset: 1 },
        { type: 'read', job: 4, dataset: 2 },
      ]);
      expect(
        await rolloutLevels(knex, {
          datasets: ['x.d0', 'x.d1', 'x.d2', 'x.unknown'],
          depth: 5,
        }),
      ).toEqual(
        new Map([
          ['github.com/acme/r0', 1],
          ['github.com/acme/r1', 2],
          ['github.com/acme/r2', 1],
        ]),
      );
    });
  });
});
