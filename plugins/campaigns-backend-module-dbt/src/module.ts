import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { campaignsLineageExtensionPoint } from '@skein/plugin-campaigns-node';
import { DbtLineageProvider } from './DbtLineageProvider';

/**
 * Lineage from dbt for the campaigns plugin.
 *
 * @public
 */
export const campaignsModuleDbt = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'dbt',
  register(reg) {
    reg.registerInit({
      deps: {
        lineage: campaignsLineageExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ lineage, config, logger }) {
        lineage.addLineageProvider(
          DbtLineageProvider.fromConfig(config, { logger }),
        );
      },
    });
  },
});
