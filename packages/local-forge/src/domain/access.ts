import { Store } from '../store/Store';
import { RepositoryRow } from '../store/rows';
import { Actor } from './Actor';
import { ApiError, notFound } from './ApiError';

export type AccessLevel = 'none' | 'read' | 'write' | 'admin';

const order: AccessLevel[] = ['none', 'read', 'write', 'admin'];

/** What a GitHub App permission is asked for; user tokens may do what their user may. */
export type Permission =
  | 'metadata'
  | 'contents'
  | 'pull_requests'
  | 'issues'
  | 'statuses'
  | 'checks'
  | 'actions'
  | 'administration'
  | 'repository_hooks';

export function accessTo(
  store: Store,
  actor: Actor,
  repository: RepositoryRow,
): AccessLevel {
  const open: AccessLevel = repository.private ? 'none' : 'read';
  if (actor.kind === 'installation') {
    const { installation, repositoryIds } = actor;
    const reached =
      installation.accountId === repository.ownerId &&
      (installation.repositoryIds?.includes(repository.id) ?? true) &&
      (repositoryIds?.includes(repository.id) ?? true);
    return reached ? 'write' : open;
  }
  if (actor.kind !== 'user') {
    return open;
  }
  if (repository.ownerId === actor.account.id) {
    return 'admin';
  }
  const membership = store.memberships.findOne({
    organizationId: repository.ownerId,
    userId: actor.account.id,
  });
  if (!membership) {
    return open;
  }
  return membership.role === 'admin' ? 'admin' : 'write';
}

/**
 * Lets the request through, or refuses it as GitHub does: what may not be seen
 * does not exist, what may be seen but not changed is forbidden.
 */
export function requireAccess(
  store: Store,
  actor: Actor,
  repository: RepositoryRow | undefined,
  permission: Permission,
  level: 'read' | 'write' | 'admin',
): RepositoryRow {
  const access = repository ? accessTo(store, actor, repository) : 'none';
  if (!repository || access === 'none') {
    throw notFound();
  }
  if (actor.kind === 'installation' && permission !== 'metadata') {
    const wanted = level === 'read' ? 'read' : 'write';
    const granted = actor.permissions[permission] ?? 'none';
    const open = !repository.private && level === 'read';
    if (
      !open &&
      order.indexOf(granted as AccessLevel) < order.indexOf(wanted)
    ) {
      throw new ApiError(403, 'Resource not accessible by integration');
    }
  } else if (order.indexOf(access) < order.indexOf(level)) {
    if (actor.kind === 'anonymous') {
      throw new ApiError(401, 'Requires authentication');
    }
    throw level === 'admin'
      ? notFound()
      : new ApiError(
          403,
          'Must have push access to the repository to do that.',
        );
  }
  if (
    level !== 'read' &&
    repository.archived &&
    permission !== 'administration'
  ) {
    throw new ApiError(403, 'Repository was archived so is read-only.');
  }
  return repository;
}
