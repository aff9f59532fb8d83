import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { CatalogRepository, LineageFact } from '@skein/plugin-campaigns-node';
import { deepestWithin } from '../../scope/paths';
import { KnownNames } from './KnownNames';
import { RepositoryScan, ScannedReference } from './RepositoryScan';

/** A folder that would be changed as one. */
interface Place {
  path: string;
  framework?: string;
  references: ScannedReference[];
}

/**
 * What a scanned repository says of lineage: a job for each place with
 * references, which is the nearest folder of a framework, or else of a component
 * of the catalog, or else the repository.
 *
 * @param components - those of the catalog in this repository
 */
export function* scanFacts(
  repository: RepositoryRef,
  scan: RepositoryScan,
  components: CatalogRepository[],
  names: KnownNames,
): Iterable<LineageFact> {
  for (const place of placesOf(scan, components, names)) {
    const job = `${formatRepositoryRef(repository)}//${place.path}`;
    const component = deepestWithin(place.path, components);
    const own = component?.path === place.path ? component : undefined;
    yield {
      type: 'job',
      name: job,
      title: own?.title,
      framework: place.framework,
      entityRef: own?.entityRef,
      ownerRef: component?.ownerRef,
      repository,
      path: place.path,
    };
    for (const reference of place.references) {
      const { dataset, access, confidence, columns = [] } = reference;
      yield { type: access, job, dataset, confidence };
      for (const column of columns) {
        yield { type: 'column', job, dataset, column };
      }
    }
  }
}

function placesOf(
  { folders, references }: RepositoryScan,
  components: CatalogRepository[],
  names: KnownNames,
): Place[] {
  const places = new Map<string, Place>();
  for (const reference of references) {
    const meant = names.resolve(reference);
    if (!meant) continue;
    const framework = deepestWithin(reference.folder, folders);
    const path =
      framework?.path ??
      deepestWithin(reference.folder, components)?.path ??
      '';
    const place: Place = places.get(path) ?? {
      path,
      framework: framework?.framework,
      references: [],
    };
    place.references.push({ ...reference, ...meant });
    places.set(path, place);
  }
  return [...places.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
