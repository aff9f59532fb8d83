import { PullRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { storePullRequest } from '../pullRequests/storePullRequest';
import { transitionTarget } from '../targets/transitionTarget';
import { hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';
import { PublicationRow } from './tables';
import { updatePublication } from './updatePublication';

/**
 * Ends a publication that has its pull request: the pull request and the
 * target's new state are stored together or not at all.
 *
 * @returns false where the target does not want the pull request any more, since it was rolled back meanwhile
 */
export async function openPublication(
  tx: Knex.Transaction,
  publication: PublicationRow,
  pushedSha: string,
  pullRequest: PullRequest,
): Promise<boolean> {
  const query = tx<TargetRow>('targets').where({ id: publication.target_id });
  const target = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
  const wanted = target?.state === 'publishing';
  await updatePublication(tx, publication, {
    state: wanted ? 'opened' : 'abandoned',
    pr_number: pullRequest.number,
    last_error: null,
  });
  // Whatever became of it since: the sync, which is due at once, sees it move
  // from open and does all that belongs to that.
  await storePullRequest(tx, publication, pushedSha, {
    ...pullRequest,
    state: 'open',
    mergedAt: undefined,
    mergeCommit: undefined,
    closedAt: undefined,
  });
  if (wanted) {
    await transitionTarget(tx, publication.target_id, { type: 'opened' });
  }
  return wanted;
}
