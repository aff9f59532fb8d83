import { AccountRow, IssueRow, RepositoryRow } from '../../store/rows';
import { emitPull } from './emitPull';
import type { Forge } from '../Forge';

/** Closes an issue or an unmerged pull request; nothing happens when it is closed already. */
export async function closeIssue(
  forge: Forge,
  repository: RepositoryRow,
  actor: AccountRow,
  issue: IssueRow,
): Promise<void> {
  if (issue.state === 'closed') {
    return;
  }
  const now = forge.now();
  forge.store.issues.update(issue.id, {
    state: 'closed',
    closedAt: now,
    closedById: actor.id,
    updatedAt: now,
  });
  if (issue.isPull) {
    await emitPull(forge, repository, actor, issue.number, 'closed');
  }
}
