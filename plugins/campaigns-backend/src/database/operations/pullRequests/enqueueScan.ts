import { ConflictError } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { CampaignRow, TargetRow } from '../../tables';
import { enqueueJob } from '../jobs/enqueueJob';

/**
 * Has the merged code of a target looked at: does it still read the old dataset?
 *
 * @returns false where such a look is under way already
 */
export async function enqueueScan(
  tx: Knex.Transaction,
  target: Pick<TargetRow, 'id' | 'campaign_id'>,
): Promise<boolean> {
  const campaign = await tx<CampaignRow>('campaigns')
    .where({ id: target.campaign_id })
    .first('revision_id');
  if (!campaign?.revision_id) return false;
  try {
    await enqueueJob(tx, {
      campaignId: target.campaign_id,
      targetId: target.id,
      revisionId: campaign.revision_id,
      task: 'scan',
    });
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

/**
 * Has all merged targets of a repository looked at, since its default branch
 * moved: one may read the old dataset again.
 *
 * @returns the targets
 */
export async function enqueueScans(
  tx: Knex.Transaction,
  repository: RepositoryRef,
): Promise<Array<Pick<TargetRow, 'id' | 'campaign_id'>>> {
  const targets = await tx<TargetRow>('targets')
    .where({ repo_host: repository.host })
    .whereRaw('lower(repo_owner) = ?', [repository.owner.toLowerCase()])
    .whereRaw('lower(repo_name) = ?', [repository.name.toLowerCase()])
    .whereIn('state', ['merged', 'verified', 'driftedBack'])
    .select('id', 'campaign_id')
    .orderBy('id');
  const scanned = [];
  for (const target of targets) {
    if (await enqueueScan(tx, target)) scanned.push(target);
  }
  return scanned;
}
