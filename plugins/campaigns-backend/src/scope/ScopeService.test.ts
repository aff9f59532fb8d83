import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { references } from '@skein/mapping-rewriter';
import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { CodeSearchProvider } from '@skein/plugin-campaigns-node';
import { DbtLineageProvider } from '@skein/plugin-campaigns-backend-module-dbt';
import { mkdtempSync, rmSync } from 'fs';
import { Knex } from 'knex';
import { tmpdir } from 'os';
import { join } from 'path';
import { directYaml } from '../__testUtils__/directYaml';
import { contextOf } from '../campaigns/context';
import { migrate } from '../database/migrate';
import {
  CatalogLineageProvider,
  LineageStore,
  listCatalogRepositories,
} from '../lineage';
import { exampleOrganisation } from './__testUtils__/ExampleOrganisation';
import { builtInDetectors } from './frameworks/builtInDetectors';
import { ScopeService, ScopeServiceOptions } from './ScopeService';

describe('ScopeService', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const access = {
    catalog: catalogServiceMock({ entities: exampleOrganisation.entities() }),
    auth: mockServices.auth(),
    defaultHost: exampleOrganisation.host,
  };
  const source = exampleOrganisation.source();
  const listRepositories = () => listCatalogRepositories(access);

  const serviceOf = (knex: Knex, options: Partial<ScopeServiceOptions> = {}) =>
    ScopeService.create({
      knex,
      source,
      searchProviders: [exampleOrganisation.search()],
      detectors: builtInDetectors,
      listRepositories,
      isArchived: async () => false,
      findReferences: (spec, files) =>
        references(files, contextOf(spec).options),
      yaml: directYaml,
      ...options,
    });

  const readLineage = async (knex: Knex) => {
    const store = LineageStore.create({
      knex,
      logger: mockServices.logger.mock(),
    });
    const context = {
      signal: new AbortController().signal,
      repositories: await listRepositories(),
      source,
      readYaml: (text: string) => directYaml.read('values', text),
    };
    for (const provider of [
      CatalogLineageProvider.create(access),
      DbtLineageProvider.fromConfig(mockServices.rootConfig(), {
        logger: mockServices.logger.mock(),
      }),
    ]) {
      await store.replaceProviderFacts(provider.id, provider.read(context));
    }
  };

  const compute = (
    service: ScopeService,
    spec: CampaignSpec,
    signal = new AbortController().signal,
  ) => service.compute({ spec, signal });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    let knex: Knex;
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'skein-scope-'));
      knex = await databases.init(databaseId);
      await migrate(knex);
      await readLineage(knex);
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    /** What a row's end says about its scope: a job would find nothing to change where the scope says so already. */
    const expectedDecision = (row: { state: string; trap?: string }) => {
      if (row.state === 'outOfScope') return 'out';
      return row.state === 'noChanges' && row.trap !== 'already-migrated'
        ? 'out'
        : 'in';
    };

    it.each(['users-v1.yaml', 'sessions-v1.yaml'])(
      'finds every target of %s in the example organisation and no other',
      async file => {
        const spec = exampleOrganisation.campaign(file);
        const { decisions } = await compute(serviceOf(knex), spec);
        const rows = exampleOrganisation
          .truth()
          .filter(row => row.campaign === spec.name);
        const line = (
          repository: string,
          path: string,
          framework: string,
          owner: string | undefined,
          decision: string,
        ) => `${repository}//${path} ${framework} ${owner} ${decision}`;
        expect(
          decisions.map(each =>
            line(
              `${each.repository.owner}/${each.repository.name}`,
              each.path,
              each.framework,
              each.ownerRef,
              each.decision,
            ),
          ),
        ).toEqual(
          rows
            .map(row =>
              line(
                row.repository,
                row.path,
                row.framework,
                row.owner,
                expectedDecision(row),
              ),
            )
            .sort(),
        );
      },
    );

    it('decides the same with the built-in search, alone or beside another', async () => {
      const builtIn = exampleOrganisation.builtInSearch(folder);
      const words = exampleOrganisation.search();
      const computeWith = (
        spec: CampaignSpec,
        ...searchProviders: CodeSearchProvider[]
      ) => compute(serviceOf(knex, { searchProviders }), spec);
      for (const file of ['users-v1.yaml', 'sessions-v1.yaml']) {
        const spec = exampleOrganisation.campaign(file);
        const expected = await computeWith(spec, words);
        const alone = await computeWith(spec, builtIn);
        const both = await computeWith(spec, builtIn, words);
        const decided = (result: typeof both) =>
          result.decisions.map(
            ({ reasons: _reasons, ...decision }) => decision,
          );
        expect(decided(alone)).toEqual(decided(expected));
        expect(decided(both)).toEqual(decided(expected));
        expect(alone.notices).toEqual(expected.notices);
        expect(both.notices).toEqual(expected.notices);
        const providers = both.decisions
          .flatMap(each => each.reasons)
          .flatMap(reason => (reason.type === 'search' ? reason.provider : []));
        expect(new Set(providers)).toEqual(new Set(['built-in', 'words']));
      }
    });

    it('asks those alone that can answer, and says where none can', async () => {
      const spec = exampleOrganisation.campaign('users-v1.yaml');
      const regex = { query: 'users_v[1]', regex: true, extensions: ['sql'] };
      const withRegex = {
        ...spec,
        scope: { ...spec.scope, codeSearch: [regex] },
      };
      const words: CodeSearchProvider = {
        id: 'words',
        title: 'Words',
        cannotAnswer: query =>
          query.regex ? 'It has words alone.' : undefined,
        search: async () => {
          throw new Error('It was asked');
        },
      };
      const both = await compute(
        serviceOf(knex, {
          searchProviders: [words, exampleOrganisation.builtInSearch(folder)],
        }),
        withRegex,
      );
      expect(both.notices).toEqual([]);
      expect(both.decisions.some(each => each.decision === 'in')).toBe(true);
      const none = await compute(
        serviceOf(knex, { searchProviders: [words] }),
        withRegex,
      );
      expect(none.notices).toEqual(["'users_v[1]': It has words alone."]);
    });

    it('says of each consumer why it is in or out', async () => {
      const { decisions, notices } = await compute(
        serviceOf(knex),
        exampleOrganisation.campaign('users-v1.yaml'),
      );
      const reasonOf = (name: string) =>
        decisions.find(each => each.repository.name === name)!.reason;
      expect(reasonOf('email-digest-audience')).toBe(
        'Reads growth.listener_segments, whose output stays the same',
      );
      expect(reasonOf('creator-reporting')).toBe(
        'Named only in comments: models/creator_weekly.sql:1 and 1 more place',
      );
      expect(reasonOf('partner-feeds')).toBe(
        'Names another dataset, meridian-data.partner_feeds.users_v1: job.yaml:10 and 1 more place',
      );
      expect(reasonOf('fraud-signals')).toBe(
        'Found by code search: signals.sql:9',
      );
      expect(reasonOf('push-notifications-export')).toBe(
        'Reads user_data.users_v1, says lineage; code search does not find the name there',
      );
      expect(reasonOf('recs-features')).toBe(
        'The campaign leaves out the framework scio',
      );
      expect(reasonOf('subscriptions-dbt')).toMatch(
        /^Reads user_data.users_v1: models\/\S+:\d+ and \d more places$/,
      );
      expect(notices).toEqual([]);
    });

    it('tells apart who found a target', async () => {
      for (const file of ['users-v1.yaml', 'sessions-v1.yaml']) {
        const spec = exampleOrganisation.campaign(file);
        const { decisions } = await compute(serviceOf(knex), spec);
        for (const row of exampleOrganisation.truth()) {
          if (row.campaign !== spec.name) continue;
          const decision = decisions.find(
            each =>
              `meridian/${each.repository.name}` === row.repository &&
              each.path === row.path,
          )!;
          const types = new Set(decision.reasons.map(reason => reason.type));
          types.delete('rule');
          const foundBy = types.size === 2 ? 'both' : [...types][0];
          expect([row.repository, foundBy]).toEqual([
            row.repository,
            row.foundBy === 'catalog' ? 'lineage' : row.foundBy,
          ]);
        }
      }
    });

    it('makes notices of what fails, and goes on', async () => {
      const failing: CodeSearchProvider = {
        id: 'failing',
        title: 'Code search',
        search: async () => {
          throw new Error('HTTP 503\nand a long story');
        },
      };
      const partial: CodeSearchProvider = {
        id: 'partial',
        title: 'Other search',
        search: async () => ({
          matches: [],
          incomplete: 'more than 1,000 results',
        }),
      };
      const spec = exampleOrganisation.campaign('users-v1.yaml');
      const { decisions, notices } = await compute(
        serviceOf(knex, {
          searchProviders: [failing, partial],
          source: {
            ...source,
            head: async repository => {
              if (repository.name === 'year-in-music') {
                throw new Error('The forge is away');
              }
              return source.head(repository);
            },
          },
        }),
        {
          ...spec,
          datasets: [...spec.datasets, { ...spec.datasets[0], from: 'x.y' }],
        },
      );
      expect(notices).toEqual([
        'No source of lineage knows x.y',
        "Code search could not be searched for 'users_v1': HTTP 503",
        "Other search, 'users_v1': more than 1,000 results",
      ]);
      expect(decisions.length).toBeGreaterThan(10);
      expect(
        decisions.find(each => each.repository.name === 'year-in-music'),
      ).toMatchObject({
        decision: 'unsure',
        reason: expect.stringContaining('The forge is away'),
      });
    });

    it('leaves a file that cannot be resolved to a person', async () => {
      const { decisions } = await compute(
        serviceOf(knex, {
          findReferences: () => {
            throw new Error('out of depth');
          },
        }),
        exampleOrganisation.campaign('users-v1.yaml'),
      );
      expect(
        decisions.find(each => each.repository.name === 'fraud-signals'),
      ).toMatchObject({
        decision: 'unsure',
        reason: expect.stringContaining('out of depth'),
      });
    });

    it('stops when it is told to', async () => {
      const abort = new AbortController();
      const looked: string[] = [];
      const service = serviceOf(knex, {
        source: {
          ...source,
          head: async repository => {
            looked.push(repository.name);
            abort.abort();
            return source.head(repository);
          },
        },
      });
      await expect(
        compute(
          service,
          exampleOrganisation.campaign('users-v1.yaml'),
          abort.signal,
        ),
      ).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
      expect(looked.length).toBeLessThan(8);
    });

    it('tells what it does', async () => {
      const messages: string[] = [];
      await serviceOf(knex).compute({
        spec: exampleOrganisation.campaign('sessions-v1.yaml'),
        signal: new AbortController().signal,
        onProgress: message => messages.push(message),
      });
      expect(messages.slice(0, 2)).toEqual([
        'Reading the catalog and lineage',
        'Searching code',
      ]);
      expect(messages[messages.length - 1]).toMatch(
        /^Looked into (\d+) of \1 repositories$/,
      );
    });
  });
});
