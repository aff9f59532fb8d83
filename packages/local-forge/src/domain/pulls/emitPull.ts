import { NotFoundError } from '@backstage/errors';
import { AccountRow, RepositoryRow } from '../../store/rows';
import { PullContext, presentPull } from '../../views/pulls';
import { Json } from '../../views/users';
import { emit } from '../emit';
import type { Forge } from '../Forge';

/** The pull request of that number with its rows, or undefined. */
export function findPull(
  forge: Forge,
  repository: RepositoryRow,
  number: number,
): PullContext | undefined {
  const pull = forge.store.pulls.findOne({
    repositoryId: repository.id,
    number,
  });
  return pull
    ? {
        repository: forge.store.repositories.require(repository.id),
        pull,
        issue: forge.store.issues.require(pull.issueId),
      }
    : undefined;
}

/** Announces something that happened to a pull request, as it now stands. */
export async function emitPull(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  number: number,
  action: string,
  extra: Json = {},
): Promise<void> {
  const context = findPull(forge, repository, number);
  if (!context) {
    throw new NotFoundError(`There is no pull request ${number}`);
  }
  await emit(forge, repository, actor, 'pull_request', async () => ({
    action,
    number,
    pull_request: await presentPull(forge, context),
    ...extra,
  }));
}
