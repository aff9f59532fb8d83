import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  campaignsForgeExtensionPoint,
  campaignsLoggerServiceRef,
} from '@skein/plugin-campaigns-node';
import { SourcegraphSearchProvider } from './sourcegraph/SourcegraphSearchProvider';
import { ZoektSearchProvider } from './zoekt/ZoektSearchProvider';

/**
 * Code search by the servers that the configuration names: `campaigns.sourcegraph`
 * and `campaigns.zoekt`.
 *
 * @public
 */
export const campaignsModuleSourcegraph = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'sourcegraph',
  register(env) {
    env.registerInit({
      deps: {
        campaigns: campaignsForgeExtensionPoint,
        config: coreServices.rootConfig,
        logger: campaignsLoggerServiceRef,
      },
      async init({ campaigns, config, logger }) {
        const sourcegraph = config.getOptionalConfig('campaigns.sourcegraph');
        const zoekt = config.getOptionalConfig('campaigns.zoekt');
        if (sourcegraph) {
          campaigns.addCodeSearchProvider(
            SourcegraphSearchProvider.fromConfig(sourcegraph),
          );
        }
        if (zoekt) {
          campaigns.addCodeSearchProvider(
            ZoektSearchProvider.fromConfig(zoekt),
          );
        }
        if (!sourcegraph && !zoekt) {
          logger.warn(
            "Neither 'campaigns.sourcegraph' nor 'campaigns.zoekt' is configured: this module searches nothing",
          );
        }
      },
    });
  },
});
