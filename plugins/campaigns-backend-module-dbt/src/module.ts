import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  campaignsLineageExtensionPoint,
  campaignsLoggerServiceRef,
  campaignsSchemaExtensionPoint,
} from '@skein/plugin-campaigns-node';
import { DbtCatalogSchemaProvider } from './DbtCatalogSchemaProvider';
import { DbtLineageProvider } from './DbtLineageProvider';

/**
 * Lineage and schemas from dbt for the campaigns plugin.
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
        schemas: campaignsSchemaExtensionPoint,
        config: coreServices.rootConfig,
        logger: campaignsLoggerServiceRef,
      },
      async init({ lineage, schemas, config, logger }) {
        lineage.addLineageProvider(
          DbtLineageProvider.fromConfig(config, { logger }),
        );
        const catalogs = DbtCatalogSchemaProvider.fromConfig(config);
        if (catalogs) schemas.addSchemaProvider(catalogs);
      },
    });
  },
});
