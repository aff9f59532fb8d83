import { stringifyEntityRef } from '@backstage/catalog-model';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { PROJECT_SLUG_ANNOTATION } from '@skein/plugin-campaigns-common';
import { CatalogRepository } from '@skein/plugin-campaigns-node';
import { entityCode, entityOwner, entityTitle } from './entityCode';
import { CatalogAccess, readCatalog } from './readCatalog';

/** The pipelines of the catalog whose code is known: every Component with a repository. */
export async function listCatalogRepositories(
  access: CatalogAccess,
): Promise<CatalogRepository[]> {
  const repositories: CatalogRepository[] = [];
  const components = readCatalog(access, {
    kind: 'component',
    [`metadata.annotations.${PROJECT_SLUG_ANNOTATION}`]: CATALOG_FILTER_EXISTS,
  });
  for await (const entity of components) {
    const code = entityCode(entity, access.defaultHost);
    if (!code) continue;
    repositories.push({
      ...code,
      entityRef: stringifyEntityRef(entity),
      ownerRef: entityOwner(entity),
      title: entityTitle(entity),
    });
  }
  return repositories;
}
