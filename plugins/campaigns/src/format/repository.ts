import { RepositoryRef, Target } from '@skein/plugin-campaigns-common';

/** `owner/name`. */
export function repositoryLabel(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}

/** `owner/name` with the path of the target, where it has one. */
export function targetLabel(
  target: Pick<Target, 'repository' | 'path'>,
): string {
  const repository = repositoryLabel(target.repository);
  return target.path ? `${repository}/${target.path}` : repository;
}

/**
 * Address of a repository on its forge. Hosts without a dot are development
 * forges, which speak plain HTTP.
 */
export function repositoryUrl(repository: RepositoryRef): string {
  const hostname = repository.host.replace(/:\d+$/, '');
  const local = hostname === 'localhost' || hostname === '127.0.0.1';
  return `${local ? 'http' : 'https'}://${repository.host}/${encodeURIComponent(
    repository.owner,
  )}/${encodeURIComponent(repository.name)}`;
}

/** Address of a line of a file on the default branch. */
export function fileUrl(
  repository: RepositoryRef,
  path: string,
  line?: number,
): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const anchor = line === undefined ? '' : `#L${line}`;
  return `${repositoryUrl(repository)}/blob/HEAD/${encoded}${anchor}`;
}
