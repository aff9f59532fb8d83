import {
  CatalogLineageProvider,
  LineageReader,
  LineageStore,
  listCatalogRepositories,
  readLineageConfig,
  SqlLineageProvider,
} from '../lineage';
import { ReferenceFinder, repositoryYaml } from '../references';
import { Forges, RepositoryMirrors } from '../repositories';
import { catalogAccess } from './catalogAccess';
import { frameworkDetectors } from './frameworkDetectors';
import { ServicesOptions } from './ServicesOptions';

/** Starts to read the sources of lineage, the built-in ones and those of modules. */
export async function startLineage(
  options: ServicesOptions,
  forges: Forges,
  source: RepositoryMirrors,
  finder: ReferenceFinder,
): Promise<LineageReader> {
  const { config, extensions, knex, logger } = options;
  const { sql, keepUninstalledMilliseconds } = readLineageConfig(config);
  const access = catalogAccess(options, forges);
  return LineageReader.start({
    store: LineageStore.create({ knex, logger }),
    providers: [
      CatalogLineageProvider.create(access),
      ...(sql.enabled
        ? [
            SqlLineageProvider.create({
              ...sql,
              knex,
              logger,
              detectors: frameworkDetectors(options),
              finder,
            }),
          ]
        : []),
      ...extensions.lineageProviders,
    ],
    source,
    yaml: repositoryYaml(finder),
    listRepositories: () => listCatalogRepositories(access),
    keepUninstalledMilliseconds,
    logger,
  });
}
