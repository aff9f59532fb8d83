import { AuthService } from '@backstage/backend-plugin-api';
import { EntityFilterQuery } from '@backstage/catalog-client';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const PAGE_SIZE = 500;

/** The fields of an entity that lineage reads. */
const fields = [
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.annotations',
  'spec.type',
  'spec.owner',
  'relations',
];

/** What reading the catalog takes. */
export interface CatalogAccess {
  catalog: CatalogService;
  auth: AuthService;
  /** Host of repositories whose entity does not say where it comes from. */
  defaultHost?: string;
}

/** Reads entities page by page, as the backend itself. */
export async function* readCatalog(
  access: CatalogAccess,
  filter: EntityFilterQuery,
): AsyncIterable<Entity> {
  const credentials = await access.auth.getOwnServiceCredentials();
  const pages = access.catalog.streamEntities(
    { filter, fields, pageSize: PAGE_SIZE },
    { credentials },
  );
  for await (const page of pages) yield* page;
}
