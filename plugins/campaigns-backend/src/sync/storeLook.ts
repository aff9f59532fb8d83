import { PullRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { readDatabaseNow } from '../database/clock';
import {
  POLICY_ACTOR,
  recordActivity,
} from '../database/operations/activity/recordActivity';
import { storeComments } from '../database/operations/feedback/storeComments';
import { enqueueScan } from '../database/operations/pullRequests/enqueueScan';
import {
  toColumns,
  toPullRequest,
} from '../database/operations/pullRequests/mapPullRequest';
import { PullRequestRow } from '../database/operations/pullRequests/tables';
import {
  lockClaimed,
  updateSynced,
} from '../database/operations/pullRequests/updateSynced';
import { transitionTarget } from '../database/operations/targets/transitionTarget';
import { TargetRow } from '../database/tables';
import { canHappen, TargetEvent } from '../targets/reduceTarget';
import { nextSyncIn, SyncIntervals } from './nextSyncIn';
import { Conversation } from './readConversations';
import { pullRequestMoved, reducePullRequest } from './reducePullRequest';
import { lockTarget } from '../database/operations/targets/lockTarget';

/** A forge that shows a pull request no more for this long has lost it. */
const MISSING_MILLISECONDS = 60 * 60_000;

/** What the forge showed of a pull request. */
export interface Look {
  pullRequest: PullRequest;
  /** Undefined where nothing new was said. */
  conversation?: Conversation;
}

/**
 * Stores what a look at a pull request saw, with all that follows from it, in
 * one transaction. A look that has been overtaken by a later one changes nothing.
 *
 * @param look - undefined where the forge did not show it
 * @returns whether anything changed
 */
export async function storeLook(
  tx: Knex.Transaction,
  claimed: PullRequestRow,
  look: Look | undefined,
  intervals: SyncIntervals,
): Promise<boolean> {
  await lockTarget(tx, claimed.target_id);
  const row = await lockClaimed(tx, claimed);
  if (!row) return false;
  const seen = look?.pullRequest;
  const now = await readDatabaseNow(tx);
  const before = toPullRequest(row);
  const missingSince = seen ? null : Number(row.missing_since ?? now);
  const lost =
    missingSince !== null && now - missingSince >= MISSING_MILLISECONDS;
  const after = seen ? ours(row, seen) : assume(before, lost, now);
  const moved = pullRequestMoved(before, after);
  const { conversation } = look ?? {};
  const said = conversation?.said
    ? await storeComments(tx, row, conversation.said)
    : false;
  const changedAt = moved ? now : Number(row.changed_at);
  await updateSynced(
    tx,
    row,
    {
      ...toColumns(after),
      missing_since: missingSince,
      changed_at: changedAt,
      ...(seen && { synced_at: now }),
      // What somebody said while it was read may be missing from it.
      ...(conversation?.said &&
        row.sync_requested_at === null && { conversation: conversation.state }),
    },
    conversation?.waits
      ? intervals.shortest
      : nextSyncIn(after.state, now - changedAt, intervals) ??
          // The last words of a pull request are read, however long that takes.
          (conversation && !conversation.said ? intervals.longest : undefined),
  );
  for (const event of reducePullRequest(before, after)) {
    await applyEvent(tx, row, event);
  }
  return moved || said;
}

/** Our own commit is nobody else's, whoever the forge says made it. */
function ours(row: PullRequestRow, seen: PullRequest): PullRequest {
  return {
    ...seen,
    humanCommits: seen.humanCommits && seen.headSha !== row.pushed_sha,
  };
}

function assume(before: PullRequest, lost: boolean, now: number): PullRequest {
  return lost && before.state === 'open'
    ? { ...before, state: 'closed', closedAt: new Date(now).toISOString() }
    : before;
}

async function applyEvent(
  tx: Knex.Transaction,
  row: PullRequestRow,
  event: TargetEvent,
): Promise<void> {
  const target = await tx<TargetRow>('targets')
    .where({ id: row.target_id })
    .first('state');
  // A target that went on has left this pull request behind.
  if (
    !target ||
    target.state === 'publishing' ||
    !canHappen(target.state, event.type)
  ) {
    return;
  }
  await transitionTarget(tx, row.target_id, event);
  if (event.type === 'merged') {
    await enqueueScan(tx, { id: row.target_id, campaign_id: row.campaign_id });
  }
  await recordActivity(tx, {
    campaignId: row.campaign_id,
    targetId: row.target_id,
    actor: POLICY_ACTOR,
    action: `target.${event.type}`,
    message: `Pull request #${row.number} of ${row.repo_owner}/${
      row.repo_name
    } was ${event.type === 'opened' ? 'opened again' : event.type}`,
  });
}
