import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';
import { livePublicationStates, PublicationRow } from '../publications/tables';
import { PullRequestRow } from '../pullRequests/tables';
import { transitionTarget } from '../targets/transitionTarget';
import { RollbackRow } from './tables';

/**
 * Takes changes back that have not been merged: their targets are `rolledBack`
 * at once, and it is written down that their pull requests are to be closed and
 * our branches deleted, which the publisher does at the forge's pace. A target
 * that is rolled back already stays as it is.
 *
 * @param reason - one line; also the comment on the pull request
 * @throws ConflictError where a target's state does not allow it
 * @throws NotFoundError where there is no such target
 */
export async function rollBackTargets(
  tx: Knex.Transaction,
  targetIds: string[],
  reason: string,
): Promise<void> {
  for (const targetId of targetIds) {
    const query = tx<TargetRow>('targets').where({ id: targetId });
    const target = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
    if (target?.state === 'rolledBack') continue;
    await transitionTarget(tx, targetId, { type: 'rolledBack', reason });
    if (target?.state === 'publishing') {
      await rollBackPublication(tx, targetId, reason);
    }
    if (target?.state === 'prOpen') {
      await rollBackPullRequest(tx, targetId, reason);
    }
  }
}

async function rollBackPublication(
  tx: Knex.Transaction,
  targetId: string,
  reason: string,
): Promise<void> {
  const publication = await tx<PublicationRow>('publications')
    .where({ target_id: targetId })
    .whereIn('state', livePublicationStates)
    .first();
  if (!publication) return;
  await tx<PublicationRow>('publications')
    .where({ id: publication.id })
    .update({
      state: 'abandoned',
      last_error: reason,
      updated_at: databaseNow(tx) as unknown as number,
    });
  if (!publication.branch || !publication.head_sha) return;
  await insertRollback(tx, publication, {
    branch: publication.branch,
    pushed_sha: publication.head_sha,
    reason,
    // Whoever holds it may be in the middle of a step; after its lease nobody is.
    next_at: publication.next_at,
  });
}

async function rollBackPullRequest(
  tx: Knex.Transaction,
  targetId: string,
  reason: string,
): Promise<void> {
  const row = await tx<PullRequestRow>('pull_requests')
    .where({ target_id: targetId })
    .first();
  if (!row) return;
  await insertRollback(tx, row, {
    branch: row.head_branch,
    pushed_sha: row.pushed_sha,
    pr_number: row.number,
    reason,
    next_at: databaseNow(tx) as unknown as number,
  });
}

async function insertRollback(
  tx: Knex.Transaction,
  of: Pick<
    PublicationRow,
    'target_id' | 'campaign_id' | 'repo_host' | 'repo_owner' | 'repo_name'
  >,
  values: Partial<RollbackRow>,
): Promise<void> {
  await tx('rollbacks').insert({
    id: randomUUID(),
    target_id: of.target_id,
    campaign_id: of.campaign_id,
    repo_host: of.repo_host,
    repo_owner: of.repo_owner,
    repo_name: of.repo_name,
    state: 'planned',
    created_at: databaseNow(tx),
    updated_at: databaseNow(tx),
    ...values,
  });
}
