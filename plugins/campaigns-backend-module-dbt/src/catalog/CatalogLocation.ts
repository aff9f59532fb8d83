import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  parseRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';

/** Where a catalog is. */
export type CatalogLocation =
  | { type: 'file'; path: string }
  | { type: 'url'; url: string; headers: Record<string, string> }
  | { type: 'repository'; repository: RepositoryRef; file: string };

/**
 * Reads `campaigns.dbt.catalogs`.
 *
 * @throws InputError where an entry has not exactly one of path, url and repository, or its repository is none
 */
export function readCatalogLocations(
  config: RootConfigService,
): CatalogLocation[] {
  const entries = config.getOptionalConfigArray('campaigns.dbt.catalogs') ?? [];
  return entries.map((entry, index) => {
    const where = `campaigns.dbt.catalogs[${index}]`;
    const path = entry.getOptionalString('path');
    const url = entry.getOptionalString('url');
    const named = entry.getOptionalString('repository');
    if ([path, url, named].filter(Boolean).length !== 1) {
      throw new InputError(
        `${where} needs a path, a url or a repository, and one of them only`,
      );
    }
    if (path) return { type: 'file', path };
    if (url) {
      const headers = entry.getOptional<Record<string, string>>('headers');
      return { type: 'url', url, headers: headers ?? {} };
    }
    const repository = parseRepositoryRef(named!);
    if (!repository) {
      throw new InputError(
        `${where}.repository is '${named}'; write host/owner/name`,
      );
    }
    const file = entry.getOptionalString('file') ?? 'target/catalog.json';
    return { type: 'repository', repository, file };
  });
}
