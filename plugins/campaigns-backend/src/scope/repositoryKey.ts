import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';

/** A repository as a key: forges do not tell the case of its letters apart. */
export function repositoryKey(repository: RepositoryRef): string {
  return formatRepositoryRef(repository).toLowerCase();
}
