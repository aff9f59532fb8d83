import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { campaignsLoggerServiceRef } from '@skein/plugin-campaigns-node';
import { DatasetEntityProvider } from './DatasetEntityProvider';

/**
 * Brings the datasets that lineage knows into the catalog.
 *
 * @public
 */
export const catalogModuleCampaigns = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'campaigns',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: campaignsLoggerServiceRef,
        processing: catalogProcessingExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ processing, scheduler, ...services }) {
        const key = 'catalog.providers.campaigns.schedule';
        const schedule = services.config.has(key)
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              services.config.getConfig(key),
            )
          : {
              frequency: { minutes: 10 },
              timeout: { minutes: 10 },
              // Lineage is read first.
              initialDelay: { minutes: 1 },
            };
        processing.addEntityProvider(
          DatasetEntityProvider.fromConfig({
            ...services,
            taskRunner: scheduler.createScheduledTaskRunner(schedule),
          }),
        );
      },
    });
  },
});
