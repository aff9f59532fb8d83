import { SystemStatus } from '@skein/plugin-campaigns-common';
import { ModelTerms } from '../campaigns/spec/checkModelWishes';
import { CostEstimator, ModelGateway, readModelConfig } from '../gateway';
import {
  LineageEvents,
  listCatalogRepositories,
  listDatasets,
  queryColumnLineage,
  queryLineage,
} from '../lineage';
import { PromptPreview } from '../prompts';
import { ReferenceFinder } from '../references';
import { Forges, RepositoryMirrors } from '../repositories';
import { judgeModel, ReviewService } from '../review';
import { RouterOptions } from '../router/RouterOptions';
import { CampaignPlanner } from '../runs/CampaignPlanner';
import { SchemaCatalog, SchemaSource, warehousesFromConfig } from '../schemas';
import { createCodeSearch } from '../search';
import { catalogAccess } from './catalogAccess';
import { ServicesOptions } from './ServicesOptions';
import { startJobs } from './startJobs';
import { startLineage } from './startLineage';
import { startPublishing } from './startPublishing';
import { startScope } from './startScope';
import { readSyncIntervals, Sync } from '../sync';

/** The parts that work by themselves, and what the API asks them. */
export interface RunningServices {
  lineage: RouterOptions['lineage'];
  search: RouterOptions['search'];
  prompts: RouterOptions['prompts'];
  model: RouterOptions['model'] & {
    terms: ModelTerms | undefined;
    /** ISO code of the prices' currency. */
    currency: string;
  };
  schemas: SchemaSource;
  status(): Promise<SystemStatus>;
  /** Takes nothing new, brings what runs to a safe place, and ends. */
  stop(): Promise<void>;
}

/** Starts all that works by itself, in the order the data takes. */
export async function startServices(
  options: ServicesOptions,
): Promise<RunningServices> {
  const { changes, extensions, knex, logger } = options;
  const forges = Forges.create(extensions.forges);
  const mirrors = await RepositoryMirrors.fromConfig(options.config, {
    forges,
    logger,
  });
  const finder = ReferenceFinder.create();
  const lineage = await startLineage(options, forges, mirrors, finder);
  const lineageEvents = await LineageEvents.start({
    knex,
    logger,
    sources: extensions.lineageEventSources,
  });
  const search = createCodeSearch({
    config: options.config,
    logger,
    mirrors,
    installed: extensions.codeSearchProviders,
    listRepositories: credentials =>
      listCatalogRepositories({
        ...catalogAccess(options, forges),
        credentials,
      }),
  });
  const scope = startScope(options, forges, mirrors, finder, search);
  const modelConfig = readModelConfig(options.config);
  const gateway = ModelGateway.start({
    database: knex,
    provider: extensions.modelProvider,
    config: modelConfig,
    changes,
    logger,
  });
  const schemas = SchemaCatalog.start({
    knex,
    changes,
    logger,
    source: mirrors,
    providers: [
      ...warehousesFromConfig(options.config),
      ...extensions.schemaProviders,
    ],
  });
  const prompts = new PromptPreview({
    schemas,
    knex,
    source: mirrors,
    rewriter: finder,
    gateway,
  });
  const estimator = new CostEstimator({
    knex,
    gateway,
    config: modelConfig.estimate,
    render: target => prompts.render(target),
    logger,
  });
  const reviews = ReviewService.create({
    knex,
    schemas,
    source: mirrors,
    resolver: finder,
    model: judgeModel(gateway),
    temporaryDirectory: mirrors.temporaryDirectory,
    logger,
  });
  const jobs = await startJobs(options, mirrors, gateway, schemas, reviews);
  const publishing = await startPublishing(options, forges, mirrors);
  const sync = await Sync.start({
    knex,
    forges,
    changes,
    events: options.events,
    intervals: readSyncIntervals(options.config),
    logger,
  });
  const planner = CampaignPlanner.start({ knex, changes, logger });

  return {
    lineage: {
      query: (request, readable) => queryLineage(knex, request, readable),
      queryColumns: request => queryColumnLineage(knex, request),
      listDatasets: request => listDatasets(knex, request),
      listProviders: () => lineage.listProviders(),
      refresh: () => lineage.refresh(),
    },
    search: search.service,
    prompts,
    model: {
      spend: (campaign, readable) => gateway.spendOf(campaign, readable),
      estimate: (campaign, actor, readable) =>
        estimator.estimate(campaign, actor, readable),
      terms: gateway.terms,
      currency: modelConfig.currency,
    },
    schemas,
    async status() {
      const { executor, worker } = jobs;
      const { sandboxed, description, defences } =
        await executor.describeSandbox();
      return {
        executor: {
          id: executor.id,
          sandbox: description,
          sandboxed,
          defences: defences ?? [],
          runningJobs: worker.runningJobs,
          concurrency: executor.concurrency,
        },
        forges: forges.all().flatMap(forge =>
          forge.hosts().map(host => ({
            host,
            title: forge.title,
            identity: forge.identity,
          })),
        ),
        codeSearch: search.providers.map(({ id, title }) => ({
          id,
          title,
        })),
        model: gateway.describe(),
      };
    },
    async stop() {
      // Against the data's way: nothing new is planned while the rest ends.
      await planner.stop();
      await Promise.all([
        scope.stop(),
        sync.stop(),
        lineage.stop(),
        lineageEvents.stop(),
        schemas.stop(),
      ]);
      await publishing.stop();
      await jobs.stop();
      finder.stop();
      await gateway.stop();
    },
  };
}
