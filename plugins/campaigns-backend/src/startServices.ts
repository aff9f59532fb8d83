import {
  AuthService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { SystemStatus } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { contextOf } from './campaigns/context';
import { ScopeComputer } from './campaigns/ScopeComputer';
import { ModelTerms } from './campaigns/spec/checkModelWishes';
import { CampaignChanges } from './changes/CampaignChanges';
import { RemoteCi } from './ci';
import { Extensions } from './Extensions';
import { CostEstimator, ModelGateway, readModelConfig } from './gateway';
import {
  createJobProtocolRouter,
  JobProtocolServer,
  JobWorker,
  LocalJobExecutor,
} from './jobs';
import {
  CatalogLineageProvider,
  LineageEvents,
  LineageReader,
  LineageStore,
  listCatalogRepositories,
  listDatasets,
  readLineageConfig,
  SqlLineageProvider,
  queryColumnLineage,
  queryLineage,
} from './lineage';
import {
  catalogReviewers,
  githubWriteLimits,
  Publisher,
  WriteGovernor,
} from './publishing';
import { JobQueue } from './queue';
import { readJobsConfig, readScopeRefresh } from './readConfig';
import { Forges, RepositoryMirrors } from './repositories';
import { ReferenceFinder } from './references';
import { PromptPreview } from './prompts';
import { RouterOptions } from './router/RouterOptions';
import { Telemetry } from './telemetry';
import { judgeModel, ReviewService } from './review';
import { CampaignPlanner } from './runs/CampaignPlanner';
import { builtInDetectors, detectorsFromConfig, ScopeService } from './scope';
import { CodeSearch, createCodeSearch } from './search';
import { SchemaCatalog, SchemaSource, warehousesFromConfig } from './schemas';
import { readSyncIntervals, Sync } from './sync';

/** What the parts of the plugin are made from. */
export interface ServicesOptions {
  auth: AuthService;
  catalog: CatalogService;
  changes: CampaignChanges;
  config: RootConfigService;
  events: EventsService;
  extensions: Extensions;
  knex: Knex;
  logger: LoggerService;
}

/** The parts that work by themselves, and what the API asks them. */
export interface RunningServices {
  lineage: RouterOptions['lineage'];
  search: RouterOptions['search'];
  prompts: RouterOptions['prompts'];
  model: RouterOptions['model'] & { terms: ModelTerms | undefined };
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
  const gateway = ModelGateway.start({
    database: knex,
    provider: extensions.modelProvider,
    config: readModelConfig(options.config),
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
    config: readModelConfig(options.config).estimate,
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
  const governor = WriteGovernor.create({
    knex,
    limits: {
      ...githubWriteLimits,
      minimumInterval:
        options.config.getOptionalNumber(
          'campaigns.publishing.minimumWriteIntervalMilliseconds',
        ) ?? githubWriteLimits.minimumInterval,
    },
  });
  const publisher = startPublisher(options, forges, mirrors, governor);
  const ci = await RemoteCi.start({
    knex,
    forges,
    mirrors,
    governor,
    changes,
    events: options.events,
    logger,
  });
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
      query: request => queryLineage(knex, request),
      queryColumns: request => queryColumnLineage(knex, request),
      listDatasets: request => listDatasets(knex, request),
      listProviders: () => lineage.listProviders(),
      refresh: () => lineage.refresh(),
    },
    search: search.service,
    prompts,
    model: {
      spend: campaign => gateway.spendOf(campaign),
      estimate: (campaign, actor) => estimator.estimate(campaign, actor),
      terms: gateway.terms,
    },
    schemas,
    async status() {
      const { executor, worker } = jobs;
      const { sandboxed, description } = await executor.describeSandbox();
      return {
        executor: {
          id: executor.id,
          sandbox: description,
          sandboxed,
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
      finder.stop();
      await Promise.all([publisher.stop(), ci.stop()]);
      await jobs.stop();
      await gateway.stop();
    },
  };
}

function catalogAccess({ auth, catalog }: ServicesOptions, forges: Forges) {
  const hosts = forges.all().flatMap(forge => forge.hosts());
  return {
    auth,
    catalog,
    // With several forges a slug alone does not say where it is.
    defaultHost: hosts.length === 1 ? hosts[0] : undefined,
  };
}

async function startLineage(
  options: ServicesOptions,
  forges: Forges,
  source: RepositoryMirrors,
  finder: ReferenceFinder,
): Promise<LineageReader> {
  const { config, extensions, knex, logger } = options;
  const { sql, keepUninstalledMilliseconds } = readLineageConfig(config);
  const access = catalogAccess(options, forges);
  return LineageReader.start({
    store: LineageStore.create({ knex, logger }),
    providers: [
      CatalogLineageProvider.create(access),
      ...(sql.enabled
        ? [
            SqlLineageProvider.create({
              ...sql,
              knex,
              logger,
              detectors: frameworkDetectors(options),
              finder,
            }),
          ]
        : []),
      ...extensions.lineageProviders,
    ],
    source,
    listRepositories: () => listCatalogRepositories(access),
    keepUninstalledMilliseconds,
    logger,
  });
}

/** Rules of the configuration, modules, built-in ones. */
function frameworkDetectors({ config, extensions }: ServicesOptions) {
  return [
    ...detectorsFromConfig(config),
    ...extensions.frameworkDetectors,
    ...builtInDetectors,
  ];
}

function startScope(
  options: ServicesOptions,
  forges: Forges,
  source: RepositoryMirrors,
  finder: ReferenceFinder,
  search: CodeSearch,
): ScopeComputer {
  const { changes, knex, logger } = options;
  const access = catalogAccess(options, forges);
  return ScopeComputer.start({
    knex,
    refreshMilliseconds: readScopeRefresh(options.config),
    changes,
    logger,
    scopes: ScopeService.create({
      knex,
      source,
      searchProviders: search.providers,
      detectors: frameworkDetectors(options),
      listRepositories: () => listCatalogRepositories(access),
      isArchived: async repository =>
        (await forges.of(repository).getRepository(repository)).archived,
      findReferences: (spec, files) =>
        finder.find(files, contextOf(spec).options),
    }),
  });
}

async function startJobs(
  options: ServicesOptions,
  source: RepositoryMirrors,
  gateway: ModelGateway,
  schemas: SchemaSource,
  reviews: ReviewService,
) {
  const { changes, config, extensions, knex, logger } = options;
  const { limits, ...local } = readJobsConfig(config);
  const queue = JobQueue.create({ database: knex, changes });
  const server = await JobProtocolServer.start(
    createJobProtocolRouter({
      database: knex,
      queue,
      source,
      reviews,
      gateway,
      schemas,
      changes,
      limits,
      logger,
    }),
  );
  const executor =
    extensions.jobExecutor ??
    (await LocalJobExecutor.create({
      ...local,
      socketPath: server.socketPath,
      logger,
    }));
  const telemetry = Telemetry.fromConfig(config, { knex, logger });
  const worker = JobWorker.start({
    database: knex,
    queue,
    executor,
    changes,
    limits,
    logger,
    telemetry,
  });
  const { description } = await executor.describeSandbox();
  logger.info(`Jobs run with the executor '${executor.id}'. ${description}`);
  return {
    executor,
    worker,
    async stop() {
      await worker.stop();
      await server.stop();
      await telemetry.stop();
    },
  };
}

function startPublisher(
  options: ServicesOptions,
  forges: Forges,
  mirrors: RepositoryMirrors,
  governor: WriteGovernor,
): Publisher {
  const { auth, catalog, changes, config, knex, logger } = options;
  const portal = config.getString('app.baseUrl').replace(/\/$/, '');
  return Publisher.start({
    knex,
    forges,
    mirrors,
    governor,
    changes,
    logger,
    // Renewed while it is held; after a crash the next process waits this long.
    leaseMilliseconds: 30_000,
    ownerReviewers: catalogReviewers({ catalog, auth }),
    targetUrl: (campaign, targetId) =>
      `${portal}/campaigns/${campaign}/targets/${targetId}`,
  });
}
