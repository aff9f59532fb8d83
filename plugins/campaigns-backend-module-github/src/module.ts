import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  campaignsForgeExtensionPoint,
  campaignsLoggerServiceRef,
} from '@skein/plugin-campaigns-node';
import { GithubClients } from './forge/GithubClients';
import { GithubForge } from './forge/GithubForge';
import { GithubCodeSearchProvider } from './search/GithubCodeSearchProvider';
import { forwardGithubEvents } from './webhooks/forwardGithubEvents';

/**
 * GitHub for campaigns: every host of `integrations.github` that has a token or
 * an App, its code search, and its webhooks through the events plugin.
 *
 * @public
 */
export const campaignsModuleGithub = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'github',
  register(env) {
    env.registerInit({
      deps: {
        campaigns: campaignsForgeExtensionPoint,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        logger: campaignsLoggerServiceRef,
      },
      async init({ campaigns, config, events, logger }) {
        const clients = GithubClients.fromIntegrations(
          ScmIntegrations.fromConfig(config),
        );
        if (clients.length === 0) {
          logger.warn(
            "No entry of 'integrations.github' has a token or an App: campaigns cannot read or write on GitHub",
          );
          return;
        }
        for (const each of clients) {
          campaigns.addForge(await GithubForge.create(each, { logger }));
        }
        campaigns.addCodeSearchProvider(
          GithubCodeSearchProvider.create(clients, {
            patienceMilliseconds: config.getOptionalNumber(
              'campaigns.github.searchPatienceMilliseconds',
            ),
          }),
        );
        await forwardGithubEvents(
          events,
          clients.map(each => each.host),
        );
      },
    });
  },
});
