import { InputError } from '@backstage/errors';
import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  parseRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';

/** Where a manifest is, and which code it is of. */
export interface ManifestLocation {
  /** A file, or a folder with one or several. */
  path?: string;
  url?: string;
  headers: Record<string, string>;
  /** Without it, the project of the same name in a repository. */
  repository?: RepositoryRef;
  folder: string;
}

/**
 * Reads `campaigns.dbt.manifests`.
 *
 * @throws InputError where an entry has not exactly one of path and url, or its repository is none
 */
export function readManifestLocations(
  config: RootConfigService,
): ManifestLocation[] {
  const entries =
    config.getOptionalConfigArray('campaigns.dbt.manifests') ?? [];
  return entries.map((entry, index) => {
    const where = `campaigns.dbt.manifests[${index}]`;
    const path = entry.getOptionalString('path');
    const url = entry.getOptionalString('url');
    if ((path === undefined) === (url === undefined)) {
      throw new InputError(`${where} needs a path or a url, and not both`);
    }
    const named = entry.getOptionalString('repository');
    const repository = named ? parseRepositoryRef(named) : undefined;
    if (named && !repository) {
      throw new InputError(
        `${where}.repository is '${named}'; write host/owner/name`,
      );
    }
    return {
      path,
      url,
      headers: entry.getOptional<Record<string, string>>('headers') ?? {},
      repository,
      folder: entry.getOptionalString('folder') ?? '',
    };
  });
}
