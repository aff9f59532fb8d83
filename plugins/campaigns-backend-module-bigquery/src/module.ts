import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { campaignsSchemaExtensionPoint } from '@skein/plugin-campaigns-node';
import { BigQuerySchemaProvider } from './BigQuerySchemaProvider';

/**
 * Schemas of BigQuery tables for the campaigns plugin.
 *
 * @public
 */
export const campaignsModuleBigQuery = createBackendModule({
  pluginId: 'campaigns',
  moduleId: 'bigquery',
  register(reg) {
    reg.registerInit({
      deps: {
        schemas: campaignsSchemaExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ schemas, config }) {
        schemas.addSchemaProvider(BigQuerySchemaProvider.fromConfig(config));
      },
    });
  },
});
