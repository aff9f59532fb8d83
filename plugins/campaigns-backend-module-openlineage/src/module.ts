import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  campaignsLineageExtensionPoint,
  campaignsLoggerServiceRef,
} from '@skein/plugin-campaigns-node';
import { Naming } from './events/Naming';
import { OpenLineageEventSource } from './events/OpenLineageEventSource';
import { createEventsRouter, EVENTS_PATH } from './http/createEventsRouter';
import { EventAudit } from './http/EventAudit';
import { EventAuthenticator } from './http/EventAuthenticator';
import { MarquezLineageProvider } from './marquez/MarquezLineageProvider';
import { readEventsConfig } from './readEventsConfig';

/**
 * Lineage from OpenLineage for the campaigns plugin: an endpoint for its
 * clients, and a reader of a Marquez server where one is configured.
 *
 * @public
 */
export const campaignsModuleOpenLineage = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'openlineage',
  register(reg) {
    reg.registerInit({
      deps: {
        lineage: campaignsLineageExtensionPoint,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: campaignsLoggerServiceRef,
        permissions: coreServices.permissions,
      },
      async init(services) {
        const { lineage, config, httpRouter, lifecycle } = services;
        const naming = Naming.fromConfig(config);
        const { maxBodyBytes, ...ages } = readEventsConfig(config);
        const source = new OpenLineageEventSource({ naming, ...ages });
        lineage.addLineageEventSource(source);
        const marquez = MarquezLineageProvider.fromConfig(config, { naming });
        if (marquez) lineage.addLineageProvider(marquez);

        const audit = new EventAudit(services);
        lifecycle.addShutdownHook(() => audit.flush());
        httpRouter.use(
          createEventsRouter({
            source,
            authenticator: EventAuthenticator.fromConfig(config, services),
            audit,
            maxBodyBytes,
          }),
        );
        // Keys are none of Backstage's tokens: the router checks both itself.
        httpRouter.addAuthPolicy({
          path: EVENTS_PATH,
          allow: 'unauthenticated',
        });
      },
    });
  },
});
