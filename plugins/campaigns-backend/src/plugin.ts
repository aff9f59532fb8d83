import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  campaignsExecutionExtensionPoint,
  campaignsForgeExtensionPoint,
  campaignsLineageExtensionPoint,
  campaignsLoggerServiceRef,
  campaignsModelExtensionPoint,
  campaignsSchemaExtensionPoint,
} from '@skein/plugin-campaigns-node';
import { Authorizer, registerPermissions } from './authorization';
import { CampaignLifecycle } from './campaigns/CampaignLifecycle';
import { readAgentOffers } from './campaigns/AgentOffers';
import { CampaignService } from './campaigns/CampaignService';
import { RevisionService } from './campaigns/revisions';
import { EvaluationService } from './evaluations';
import { FeedbackService } from './feedback';
import { CampaignChanges } from './changes/CampaignChanges';
import { publishSignals } from './changes/publishSignals';
import { migrate } from './database/migrate';
import { Extensions } from './Extensions';
import { createRouter } from './router/createRouter';
import { startServices } from './services/startServices';
import { TargetActions } from './targets/TargetActions';

/**
 * The campaigns backend plugin: state, decisions and API.
 *
 * @public
 */
export const campaignsPlugin = createBackendPlugin({
  pluginId: 'campaigns',
  register(env) {
    const extensions = new Extensions();
    env.registerExtensionPoint(
      campaignsLineageExtensionPoint,
      extensions.lineage,
    );
    env.registerExtensionPoint(campaignsForgeExtensionPoint, extensions.forge);
    env.registerExtensionPoint(
      campaignsExecutionExtensionPoint,
      extensions.execution,
    );
    env.registerExtensionPoint(campaignsModelExtensionPoint, extensions.model);
    env.registerExtensionPoint(
      campaignsSchemaExtensionPoint,
      extensions.schema,
    );
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: campaignsLoggerServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
      },
      async init(services) {
        const { config, lifecycle, logger, permissionsRegistry } = services;
        const knex = await services.database.getClient();
        await migrate(knex);
        registerPermissions(permissionsRegistry, knex);

        const changes = new CampaignChanges();
        const stopSignals = publishSignals({
          changes,
          signals: services.signals,
          logger,
        });
        const running = await startServices({
          ...services,
          knex,
          changes,
          extensions,
        });
        lifecycle.addShutdownHook(async () => {
          stopSignals();
          await running.stop();
        });

        const offers = readAgentOffers(config);
        const campaigns = new CampaignService({
          knex,
          changes,
          schemas: running.schemas,
          appBaseUrl: config.getString('app.baseUrl'),
          offers,
          modelTerms: running.model.terms,
        });
        services.httpRouter.use(
          await createRouter({
            knex,
            auditor: services.auditor,
            authorizer: Authorizer.create({
              permissions: services.permissions,
              permissionsRegistry,
              httpAuth: services.httpAuth,
            }),
            campaigns,
            revisions: new RevisionService({
              knex,
              changes,
              offers,
              parse: input => campaigns.parse(input),
            }),
            evaluations: new EvaluationService({
              knex,
              changes,
              currency: running.model.currency,
            }),
            feedback: new FeedbackService({ knex, changes, offers }),
            lifecycle: new CampaignLifecycle({ knex, changes }),
            targets: new TargetActions({ knex, changes }),
            lineage: running.lineage,
            search: running.search,
            prompts: running.prompts,
            model: running.model,
            status: running.status,
          }),
        );
      },
    });
  },
});
