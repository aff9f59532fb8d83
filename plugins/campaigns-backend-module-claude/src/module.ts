import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  campaignsLoggerServiceRef,
  campaignsModelExtensionPoint,
} from '@skein/plugin-campaigns-node';
import { ClaudeProvider } from './ClaudeProvider';
import { readClaudeConfig } from './readClaudeConfig';

/**
 * Claude as the model of the campaigns plugin. Without a key it connects
 * nothing, and says so.
 *
 * @public
 */
export const campaignsModuleClaude = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'claude',
  register(env) {
    env.registerInit({
      deps: {
        model: campaignsModelExtensionPoint,
        config: coreServices.rootConfig,
        logger: campaignsLoggerServiceRef,
      },
      async init({ model, config, logger }) {
        const settings = readClaudeConfig(config);
        if (settings.keys.length === 0) {
          logger.info(
            "No model is connected: 'campaigns.claude.apiKey' is not set",
          );
          return;
        }
        model.setModelProvider(ClaudeProvider.create(settings));
      },
    });
  },
});
