import { PullRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { POLICY_ACTOR, recordActivity } from '../activity/recordActivity';
import { storePullRequest } from '../pullRequests/storePullRequest';
import { transitionTarget } from '../targets/transitionTarget';
import { PublicationRow } from './tables';
import { updatePublication } from './updatePublication';
import { lockTarget } from '../targets/lockTarget';

/**
 * Ends a publication that has its pull request: the pull request and the
 * target's new state are stored together or not at all.
 *
 * @throws LostLeaseError where it is no longer the caller's, for example since its target was rolled back
 */
export async function openPublication(
  tx: Knex.Transaction,
  publication: PublicationRow,
  pushedSha: string,
  pullRequest: PullRequest,
): Promise<void> {
  await lockTarget(tx, publication.target_id);
  await updatePublication(tx, publication, {
    state: 'opened',
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
  await transitionTarget(tx, publication.target_id, { type: 'opened' });
  await recordActivity(tx, {
    campaignId: publication.campaign_id,
    targetId: publication.target_id,
    actor: POLICY_ACTOR,
    action: 'target.open',
    message: `Pull request #${pullRequest.number} of ${publication.repo_owner}/${publication.repo_name} is open`,
  });
}
