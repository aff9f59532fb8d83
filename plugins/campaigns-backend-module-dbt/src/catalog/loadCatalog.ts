import { NotFoundError } from '@backstage/errors';
import { formatRepositoryRef } from '@skein/plugin-campaigns-common';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import { loadManifests, LoadedManifest } from '../manifest/loadManifests';
import { CatalogLocation } from './CatalogLocation';

/**
 * Brings the text of a catalog.
 *
 * @throws NotFoundError where a repository has no such file, or one over 1 MiB
 */
export async function loadCatalog(
  location: CatalogLocation,
  { signal, source }: { signal: AbortSignal; source: RepositorySource },
): Promise<LoadedManifest> {
  if (location.type !== 'repository') {
    const [loaded] = await loadManifests(
      location.type === 'file'
        ? { path: location.path, headers: {}, folder: '' }
        : { url: location.url, headers: location.headers, folder: '' },
      signal,
    );
    return loaded;
  }
  const { file, repository } = location;
  const where = `${file} of ${formatRepositoryRef(repository)}`;
  const head = await source.head(repository);
  const text = (await source.readFiles(head, [file])).get(file);
  if (text === undefined) {
    throw new NotFoundError(
      `${where} is not there, or larger than 1 MiB: give its url instead`,
    );
  }
  return { where, text };
}
