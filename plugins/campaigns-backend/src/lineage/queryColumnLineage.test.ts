import { allRows } from '../authorization';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { LineageFact } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { migrate } from '../database/migrate';
import { LineageStore } from './LineageStore';
import { queryColumnLineage } from './queryColumnLineage';
import { queryLineage } from './queryLineage';

/** `job: from.column -> into.column use`; the column of the dataset after its last dot. */
function column(text: string): LineageFact {
  const [, job, from, into, transformation] =
    /^(\S+): (\S+)(?: -> (\S+))?(?: (\w+))?$/.exec(text)!;
  const split = (name: string) => {
    const at = name.lastIndexOf('.');
    return { dataset: name.slice(0, at), column: name.slice(at + 1) };
  };
  const target = into ? split(into) : undefined;
  return {
    type: 'column',
    job,
    ...split(from),
    into: target && {
      dataset: target.dataset,
      column: target.column === '*' ? undefined : target.column,
    },
    transformation,
  };
}

describe('lineage of columns', () => {
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

    /** Edges as `job: from -> to uses by`, columns by the names of their datasets. */
    const ask = async (
      asked: string,
      more: { depth?: number; limit?: number } = {},
    ) => {
      const at = asked.lastIndexOf('.');
      const graph = await queryColumnLineage(knex, {
        dataset: asked.slice(0, at),
        column: asked.slice(at + 1),
        ...more,
      });
      const node = (id: string) =>
        graph.nodes.find(each => each.id === id)!.name;
      const name = (id: string | undefined) => {
        const found = graph.columns.find(each => each.id === id);
        return found && `${node(found.nodeId)}.${found.column ?? '*'}`;
      };
      return {
        ...graph,
        root: name(graph.root),
        columns: graph.columns.map(({ id, depth }) => `${depth} ${name(id)}`),
        edges: graph.edges.map(
          ({ from, to, jobId, uses, providers }) =>
            `${node(jobId)}: ${name(from)} -> ${name(to)} ${uses} ${providers}`,
        ),
      };
    };

    it('follows a column through jobs, and ends at what changes as a whole', async () => {
      await store.replaceProviderFacts('dbt', [
        column('j1: x.users.Email -> x.contacts.mail identity'),
        column('j1: x.users.id -> x.contacts.id identity'),
        column('j2: x.contacts.mail -> y.report.people aggregation'),
        column('j2: x.contacts.mail -> y.report.* filter'),
        column('j3: y.report.people -> x.users.email'),
        column('j4: x.contacts.mail'),
      ]);
      await store.replaceProviderFacts('sql', [
        column('j1: x.users.email -> x.contacts.mail masking'),
      ]);
      expect(await ask('x.users.EMAIL')).toMatchObject({
        root: 'x.users.email',
        columns: [
          '0 x.users.email',
          '1 x.contacts.mail',
          '2 y.report.*',
          '2 y.report.people',
        ],
        edges: [
          'j1: x.users.email -> x.contacts.mail identity,masking dbt,sql',
          'j4: x.contacts.mail -> undefined  dbt',
          'j2: x.contacts.mail -> y.report.* filter dbt',
          'j2: x.contacts.mail -> y.report.people aggregation dbt',
          'j3: y.report.people -> x.users.email  dbt',
        ],
        truncated: false,
      });
      const near = await ask('x.users.email', { depth: 1 });
      expect(near.columns).toEqual(['0 x.users.email', '1 x.contacts.mail']);
      expect(near.nodes.map(({ name, depth }) => [name, depth])).toEqual(
        expect.arrayContaining([
          ['x.users', 0],
          ['j1', 1],
          ['x.contacts', 1],
        ]),
      );
    });

    it('says where it stops', async () => {
      await store.replaceProviderFacts(
        'dbt',
        Array.from({ length: 30 }, (_, i) =>
          column(`j${i}: x.users.id -> y.t${i}.id identity`),
        ),
      );
      const graph = await ask('x.users.id', { limit: 10 });
      expect(graph.columns).toHaveLength(10);
      expect(graph.edges).toHaveLength(9);
      expect(graph.truncated).toBe(true);
    });

    it('knows nothing of a column that no source speaks of', async () => {
      await store.replaceProviderFacts('dbt', [
        column('j1: x.users.id -> y.t.id'),
      ]);
      expect((await ask('x.users.gone')).edges).toEqual([]);
      expect((await ask('x.nobody.id')).root).toBeUndefined();
    });

    it('shows beside direct consumers which columns they read', async () => {
      await store.replaceProviderFacts('dbt', [
        column('j1: x.users.email -> x.contacts.mail identity'),
        column('j1: x.users.email -> x.contacts.* filter'),
        column('j1: x.users.id -> x.contacts.id'),
        column('j2: x.contacts.mail -> y.report.people'),
        { type: 'read', job: 'j3', dataset: 'x.users' },
      ]);
      const { nodes } = await queryLineage(
        knex,
        { dataset: 'x.users' },
        allRows,
      );
      expect(
        Object.fromEntries(
          nodes.map(({ name, columnsRead }) => [name, columnsRead]),
        ),
      ).toEqual({
        'x.users': undefined,
        j1: {
          dataset: 'x.users',
          total: 2,
          items: [
            { column: 'email', uses: ['filter', 'identity'] },
            { column: 'id', uses: [] },
          ],
        },
        j3: undefined,
        'x.contacts': undefined,
        j2: undefined,
        'y.report': undefined,
      });
    });

    it('forgets with a read what a source says no more', async () => {
      await store.replaceProviderFacts('dbt', [
        column('j1: x.users.email -> x.contacts.mail'),
        column('j1: x.users.id -> x.contacts.id'),
      ]);
      await store.replaceProviderFacts('dbt', [
        column('j1: x.users.id -> x.contacts.id'),
      ]);
      expect((await ask('x.users.email')).edges).toEqual([]);
      expect((await ask('x.users.id')).edges).toHaveLength(1);
      expect(await knex('lineage_columns')).toHaveLength(1);
    });

    it('cannot use a column without a name', async () => {
      const result = await store.replaceProviderFacts('dbt', [
        { type: 'column', job: 'j1', dataset: 'x.users', column: ' `` ' },
        {
          type: 'column',
          job: 'j1',
          dataset: 'x.users',
          column: 'y'.repeat(1000),
        },
        {
          type: 'column',
          job: 'j1',
          dataset: 'x.users',
          column: 'id',
          into: { dataset: '{{ target }}' },
        },
      ]);
      expect(result).toMatchObject({ nodes: 0, edges: 0, ignored: 3 });
    });
  });
});
