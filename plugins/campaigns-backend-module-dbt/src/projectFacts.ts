import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { CatalogRepository, LineageFact } from '@skein/plugin-campaigns-node';
import { ResolvedProject } from './types';

/** Where the code of a project is. */
export interface ProjectPlace {
  repository: RepositoryRef;
  folder: string;
}

/**
 * What a project says of lineage: one job, which is what would be changed, with
 * all that its models read and write; and a job for each exposure.
 *
 * @param place - where its code is, if that is known
 * @param entry - its component in the catalog
 */
export function* projectFacts(
  project: ResolvedProject,
  place: ProjectPlace | undefined,
  entry: CatalogRepository | undefined,
): Iterable<LineageFact> {
  const job = place
    ? `${formatRepositoryRef(place.repository)}//${place.folder}`
    : `dbt:${project.name}`;
  yield {
    type: 'job',
    name: job,
    title: entry?.title ?? project.name,
    framework: 'dbt',
    entityRef: entry?.entityRef,
    ownerRef: entry?.ownerRef,
    repository: place?.repository,
    path: place?.folder,
  };
  for (const { name, confidence } of project.reads) {
    yield { type: 'read', job, dataset: name, confidence };
  }
  for (const { name, confidence } of project.writes) {
    yield { type: 'write', job, dataset: name, confidence };
  }
  for (const exposure of project.exposures) {
    const name = `dbt:${project.name}:exposure:${exposure.name}`;
    yield {
      type: 'job',
      name,
      title: exposure.title ?? exposure.name,
      framework: 'exposure',
    };
    for (const { name: dataset, confidence } of exposure.reads) {
      yield { type: 'read', job: name, dataset, confidence };
    }
  }
}
