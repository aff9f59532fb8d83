import { AccountRow } from '../store/rows';
import type { Forge } from './Forge';
import { syncRefs } from './syncRefs';

/**
 * Finishes what a stopped process had begun: repositories that were being
 * written to are compared with their rows. A repository that never got its
 * first commit was still being created, and goes.
 */
export async function recover(forge: Forge, actor: AccountRow): Promise<void> {
  const { store } = forge;
  for (const repository of store.repositories.find({ dirty: true })) {
    const created =
      store.refs.count({ repositoryId: repository.id }) > 0 ||
      repository.lastNumber > 0;
    const refs = created
      ? undefined
      : await forge
          .git(repository)
          .refs()
          .catch(() => undefined);
    if (created || (refs && refs.size > 0)) {
      await syncRefs(forge, repository.id, actor);
    } else {
      store.repositories.delete({ id: repository.id });
      await forge.repositories.delete(repository.id);
    }
  }
}
