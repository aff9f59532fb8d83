import { AccountRow, PullRow, RepositoryRow } from '../../store/rows';
import type { Forge } from '../Forge';
import { emitPull } from './emitPull';

/** Writes down that a pull request's change is on its base, and announces it. */
export async function finishMerge(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  pull: PullRow,
  mergeCommitSha: string,
): Promise<void> {
  const { store } = forge;
  const now = forge.now();
  const asked = pull.mergingCommitSha === mergeCommitSha;
  store.transaction(() => {
    store.pulls.update(pull.id, {
      merged: true,
      mergedAt: now,
      mergedById: asked ? pull.mergingById : actor.id,
      mergeCommitSha,
      mergingCommitSha: undefined,
      mergingById: undefined,
    });
    store.issues.update(pull.issueId, {
      state: 'closed',
      closedAt: now,
      closedById: actor.id,
      updatedAt: now,
    });
  });
  await emitPull(forge, repository, actor, pull.number, 'closed');
}
