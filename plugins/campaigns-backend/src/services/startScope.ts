import { contextOf } from '../campaigns/context';
import { ScopeComputer } from '../campaigns/ScopeComputer';
import { listCatalogRepositories } from '../lineage';
import { readScopeRefresh } from '../readConfig';
import { ReferenceFinder, repositoryYaml } from '../references';
import { Forges, RepositoryMirrors } from '../repositories';
import { ScopeService } from '../scope';
import { CodeSearch } from '../search';
import { catalogAccess } from './catalogAccess';
import { frameworkDetectors } from './frameworkDetectors';
import { ServicesOptions } from './ServicesOptions';

/** Starts to compute the scopes that are due. */
export function startScope(
  options: ServicesOptions,
  forges: Forges,
  source: RepositoryMirrors,
  finder: ReferenceFinder,
  search: CodeSearch,
): ScopeComputer {
  const { changes, knex, logger } = options;
  const access = catalogAccess(options, forges);
  return ScopeComputer.start({
    knex,
    refreshMilliseconds: readScopeRefresh(options.config),
    changes,
    logger,
    scopes: ScopeService.create({
      knex,
      source,
      searchProviders: search.providers,
      detectors: frameworkDetectors(options),
      listRepositories: () => listCatalogRepositories(access),
      isArchived: async repository =>
        (await forges.of(repository).getRepository(repository)).archived,
      findReferences: (spec, files) =>
        finder.find(files, contextOf(spec).options),
      yaml: repositoryYaml(finder),
    }),
  });
}
