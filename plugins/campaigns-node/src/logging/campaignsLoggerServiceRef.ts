import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { visibleLogger } from './visibleLogger';

/**
 * The logger of the plugin, for all that says words of others. Depend on it in
 * place of `coreServices.logger`.
 *
 * @public
 */
export const campaignsLoggerServiceRef = createServiceRef<LoggerService>({
  id: 'campaigns.logger',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { logger: coreServices.logger },
      factory: ({ logger }) => visibleLogger(logger),
    }),
});
