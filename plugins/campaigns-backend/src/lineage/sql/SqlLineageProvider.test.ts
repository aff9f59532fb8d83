import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { NotFoundError } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import {
  CatalogRepository,
  LineageFact,
  RepositorySource,
} from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { migrate } from '../../database/migrate';
import {
  ReferenceFinder,
  ReferenceLimitError,
  UnresolvedError,
} from '../../references';
import { exampleOrganisation } from '../../scope/__testUtils__/ExampleOrganisation';
import { builtInDetectors } from '../../scope/frameworks/builtInDetectors';
import { listCatalogRepositories } from '../catalog/listCatalogRepositories';
import { findConsumers } from '../findConsumers';
import { LineageStore } from '../LineageStore';
import { SqlLineageProvider } from './SqlLineageProvider';

const ref = (name: string): RepositoryRef => ({
  host: 'github.com',
  owner: 'acme',
  name,
});

/** Repositories as they lie in memory; the commit is the test's to move. */
class Repositories {
  readonly texts = new Map<string, Record<string, string>>();
  readonly heads = new Map<string, string | Error>();
  reads = 0;

  readonly source: RepositorySource = {
    head: async repository => {
      const commit = this.heads.get(repository.name);
      if (commit instanceof Error) throw commit;
      if (!commit) throw new NotFoundError('No such repository');
      return { repository, branch: 'main', commit, gitDir: '' };
    },
    listFiles: async ({ repository }) =>
      Object.entries(this.texts.get(repository.name)!).map(([path, text]) => ({
        path,
        size: text.length,
      })),
    readFiles: async ({ repository }, paths) => {
      this.reads += 1;
      const texts = this.texts.get(repository.name)!;
      return new Map(paths.map(path => [path, texts[path]]));
    },
    bundle: async () => {
      throw new Error('No bundle is needed');
    },
  };

  put(name: string, commit: string, texts: Record<string, string>) {
    this.texts.set(name, texts);
    this.heads.set(name, commit);
  }

  catalog(paths: Record<string, string[]> = {}): CatalogRepository[] {
    return [...this.texts.keys()].flatMap(name =>
      (paths[name] ?? ['']).map(path => ({
        repository: ref(name),
        path,
        entityRef: `component:default/${path || name}`,
        ownerRef: 'group:default/insights',
        title: path || name,
      })),
    );
  }
}

describe('SqlLineageProvider', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const finder = ReferenceFinder.create();
  afterAll(() => finder.stop());

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let repositories: Repositories;
    const problems: string[] = [];
    const logger = mockServices.logger.mock();

    beforeEach(async () => {
      knex = await databases.init(databaseId);
      await migrate(knex);
      repositories = new Repositories();
      problems.length = 0;
    });

    const create = (
      options: Partial<Parameters<typeof SqlLineageProvider.create>[0]> = {},
    ) =>
      SqlLineageProvider.create({
        knex,
        logger,
        detectors: builtInDetectors,
        finder,
        ...options,
      });
    const read = async (
      provider = create(),
      catalog = repositories.catalog(),
      source = repositories.source,
    ) => {
      const facts: LineageFact[] = [];
      for await (const fact of provider.read({
        signal: new AbortController().signal,
        repositories: catalog,
        source,
        readYaml: async () => [],
        onProblem: problem => problems.push(problem),
      })) {
        facts.push(fact);
      }
      return facts;
    };
    const flows = (facts: LineageFact[]) =>
      facts.flatMap(fact =>
        fact.type === 'read' || fact.type === 'write'
          ? [
              `${fact.job.replace('github.com/acme/', '')} ${fact.type}s ${
                fact.dataset
              } ${fact.confidence}`,
            ]
          : [],
      );

    it('reads tables that SQL of any form reads and writes, and gives them to the place that would change', async () => {
      repositories.put('pipelines', 'c1', {
        'daily/job.yaml': 'kind: bigquery-runner/v1\nname: daily\n',
        'daily/daily.sql':
          'insert into `acme.insights.daily` select * from `acme.user_data.users_v1` join acme.logs.events_20240131 using (id)',
        'weekly/report.py':
          'client.query("""select count(*) from acme.user_data.users_v1""")',
        'web/settings.toml': 'name = "org.example.app"\n',
        'README.md': 'select * from acme.user_data.documented',
        'node_modules/x/a.sql': 'select * from acme.user_data.vendored',
      });
      const facts = await read(
        create(),
        repositories.catalog({ pipelines: ['', 'weekly'] }),
      );
      expect(flows(facts)).toEqual([
        'pipelines//daily writes acme.insights.daily certain',
        'pipelines//daily reads acme.user_data.users_v1 certain',
        'pipelines//daily reads acme.logs.events_* certain',
        'pipelines//weekly reads acme.user_data.users_v1 certain',
      ]);
      expect(facts.filter(fact => fact.type === 'job')).toEqual([
        expect.objectContaining({
          name: 'github.com/acme/pipelines//daily',
          framework: 'bigquery-runner',
          entityRef: undefined,
          ownerRef: 'group:default/insights',
          path: 'daily',
        }),
        expect.objectContaining({
          entityRef: 'component:default/weekly',
          path: 'weekly',
        }),
      ]);
    });

    it('tells the columns that are read, where a table is known', async () => {
      repositories.put('columns', 'c1', {
        'a.sql':
          'select u.Email, u.address.city, unheard from acme.d.users u where u.id > 0',
        'b.sql': 'insert into acme.d.copy (id) select id from acme.d.users',
      });
      const columns = (await read()).flatMap(fact =>
        fact.type === 'column' ? [`${fact.dataset} ${fact.column}`] : [],
      );
      expect(columns.sort()).toEqual([
        'acme.d.users address.city',
        'acme.d.users email',
        'acme.d.users id',
        'acme.d.users unheard',
      ]);
    });

    it('knows a table without its project by the one that others know, and a mere text only where it names one', async () => {
      const store = LineageStore.create({ knex, logger });
      await store.replaceProviderFacts('dbt', [
        { type: 'write', job: 'a', dataset: 'acme.user_data.users_v1' },
        { type: 'write', job: 'a', dataset: 'one.logs.events' },
        { type: 'write', job: 'a', dataset: 'two.logs.events' },
      ]);
      repositories.put('app', 'c1', {
        'a.sql': 'select 1 from user_data.users_v1, logs.events',
        'Job.scala':
          'sc.bigQueryTable("acme:user_data.users_v1"); conf("spark.sql.shuffle")',
        'self.py': 'table = "acme.user_data.unheard_of"',
      });
      const expected = new Set([
        'app// reads acme.user_data.users_v1 likely',
        'app// reads logs.events certain',
      ]);
      expect(new Set(flows(await read()))).toEqual(expected);
      // What it said itself makes nothing known.
      await store.replaceProviderFacts('sql', await read());
      expect(new Set(flows(await read()))).toEqual(expected);
    });

    it('parses a repository again only where its head moved, or the settings did', async () => {
      const find = jest.spyOn(finder, 'find');
      repositories.put('moving', 'c1', { 'a.sql': 'select 1 from x.d.a' });
      repositories.put('still', 'c1', { 'b.sql': 'select 1 from x.d.b' });
      expect(flows(await read())).toHaveLength(2);
      expect(find).toHaveBeenCalledTimes(2);

      repositories.put('moving', 'c2', { 'a.sql': 'select 1 from x.d.c' });
      expect(flows(await read())).toEqual([
        'moving// reads x.d.c certain',
        'still// reads x.d.b certain',
      ]);
      expect(find).toHaveBeenCalledTimes(3);
      await read(create({ defaultProject: 'other' }));
      expect(find).toHaveBeenCalledTimes(5);

      repositories.texts.delete('moving');
      await read(create({ defaultProject: 'other' }));
      expect(await knex('lineage_scans').pluck('repository')).toEqual([
        'github.com/acme/still',
      ]);
      find.mockRestore();
    });

    it('keeps what was known of a repository that its forge does not give now, and drops one that is gone', async () => {
      const store = LineageStore.create({ knex, logger });
      repositories.put('away', 'c1', { 'a.sql': 'select 1 from x.d.t' });
      repositories.put('gone', 'c1', { 'a.sql': 'select 1 from x.d.t' });
      await store.replaceProviderFacts('sql', await read());
      repositories.heads.set('away', new Error('HTTP 502'));
      repositories.heads.delete('gone');
      await store.replaceProviderFacts('sql', await read());
      const { consumers } = await findConsumers(knex, {
        dataset: 'x.d.t',
        depth: 1,
      });
      expect(consumers.map(each => each.node.name)).toEqual([
        'github.com/acme/away//',
      ]);
    });

    it('finds the one file that takes too much, says so, and reads the others', async () => {
      const files = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `t${i}.sql`,
          `select 1 from x.d.t${i}`,
        ]),
      );
      repositories.put('hostile', 'c1', {
        ...files,
        't7.sql': 'too much',
        't9.sql': 'odd',
      });
      const findIn = finder.find.bind(finder);
      const find = jest
        .spyOn(finder, 'find')
        .mockImplementation(async (sources, ...rest) => {
          if (sources.some(each => each.content === 'too much')) {
            throw new ReferenceLimitError('took longer than 20 seconds');
          }
          if (sources.some(each => each.content === 'odd')) {
            throw new UnresolvedError('too deep');
          }
          return findIn(sources, ...rest);
        });
      expect(flows(await read())).toHaveLength(18);
      expect(problems).toEqual([
        'acme/hostile: t7.sql took longer than 20 seconds; t9.sql could not be resolved: too deep',
      ]);
      expect(find.mock.calls.length).toBeLessThan(20);
      find.mockRestore();
    });

    it('ends when the backend stops', async () => {
      repositories.put('a', 'c1', { 'a.sql': 'select 1 from x.d.t' });
      const abort = new AbortController();
      abort.abort(new Error('The backend stops'));
      const facts = create().read({
        signal: abort.signal,
        repositories: repositories.catalog(),
        source: repositories.source,
        readYaml: async () => [],
      });
      await expect(facts[Symbol.asyncIterator]().next()).rejects.toThrow(
        'The backend stops',
      );
    });

    it('finds every reader of the datasets that the example retires, and nobody else', async () => {
      const catalog = await listCatalogRepositories({
        catalog: catalogServiceMock({
          entities: exampleOrganisation.entities(),
        }),
        auth: mockServices.auth(),
        defaultHost: exampleOrganisation.host,
      });
      const store = LineageStore.create({ knex, logger });
      await store.replaceProviderFacts(
        'sql',
        await read(create(), catalog, exampleOrganisation.source()),
      );
      expect(problems).toEqual([]);
      for (const [campaign, ...datasets] of [
        ['retire-users-v1', 'meridian-data.user_data.users_v1'],
        [
          'retire-sessions-v1',
          'meridian-data.user_data.sessions_v1',
          'meridian-data.user_data.sessions_v1_*',
        ],
      ]) {
        const found = new Set<string>();
        for (const dataset of datasets) {
          const { consumers } = await findConsumers(knex, {
            dataset,
            depth: 1,
          });
          for (const { node } of consumers) {
            found.add(`${node.repository!.name}//${node.path}`);
          }
        }
        // What the policy excludes reads it all the same; what has moved does not.
        const expected = exampleOrganisation
          .truth()
          .filter(row => row.campaign === campaign)
          .filter(({ state, trap }) =>
            state === 'outOfScope'
              ? trap === 'policy-excludes'
              : trap !== 'already-migrated',
          )
          .map(
            row => `${row.repository.replace('meridian/', '')}//${row.path}`,
          );
        expect([campaign, [...found].sort()]).toEqual([
          campaign,
          expected.sort(),
        ]);
      }
    });
  });
});
