import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { CampaignRow, TargetRow } from '../../tables';
import { enqueueJob } from '../jobs/enqueueJob';
import { JobRow } from '../jobs/tables';
import { PullRequestRow } from './tables';

/** A target whose merged code is to be looked at. */
export type ScannedTarget = Pick<TargetRow, 'id' | 'campaign_id'>;

/**
 * Has the merged code of a target looked at: does it still read the old dataset?
 * One look that waits sees all that came before it. One that runs may have read
 * older code: then it is written down that another is wanted.
 *
 * @returns whether a look was put in the queue
 */
export async function enqueueScan(
  tx: Knex.Transaction,
  target: ScannedTarget,
): Promise<boolean> {
  const query = tx<TargetRow>('targets').where({ id: target.id });
  await (hasRowLocks(tx) ? query.forUpdate() : query).first('id');
  const live = await tx<JobRow>('jobs')
    .where({ target_id: target.id, task: 'scan' })
    .whereIn('state', ['queued', 'running'])
    .first('state');
  await tx<PullRequestRow>('pull_requests')
    .where({ target_id: target.id })
    .update({
      scan_requested_at:
        live?.state === 'running'
          ? (databaseNow(tx) as unknown as number)
          : null,
    });
  if (live) return false;
  const campaign = await tx<CampaignRow>('campaigns')
    .where({ id: target.campaign_id })
    .first('revision_id');
  if (!campaign?.revision_id) return false;
  await enqueueJob(tx, {
    campaignId: target.campaign_id,
    targetId: target.id,
    revisionId: campaign.revision_id,
    task: 'scan',
  });
  return true;
}
