import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
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
  'spec.dependsOn',
  'relations',
];

/** What reading the catalog takes. */
export interface CatalogAccess {
  catalog: CatalogService;
  auth: AuthService;
  /** Who reads. Default: the backend itself, which sees all. */
  credentials?: BackstageCredentials;
  /** Host of repositories whose entity does not say where it comes from. */
  defaultHost?: string;
}

/** Reads entities page by page. */
export async function* readCatalog(
  access: CatalogAccess,
  filter: EntityFilterQuery,
): AsyncIterable<Entity> {
  const credentials =
    access.credentials ?? (await access.auth.getOwnServiceCredentials());
  const pages = access.catalog.streamEntities(
    { filter, fields, pageSize: PAGE_SIZE },
    { credentials },
  );
  for await (const page of pages) yield* page;
}
