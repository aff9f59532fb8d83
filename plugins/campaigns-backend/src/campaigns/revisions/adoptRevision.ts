import { ConflictError } from '@backstage/errors';
import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import {
  forAll,
  recordActivity,
} from '../../database/operations/activity/recordActivity';
import { CampaignRow, ContextRevisionRow } from '../../database/tables';
import { applySpec } from './applySpec';
import { withContextOf } from './withContextOf';

/**
 * Makes a revision the current one: jobs that start from now on are told it.
 * What of the campaign is no part of its context, as its rollout or its budget,
 * stays as it is now.
 *
 * @param request.campaign - locked by the caller
 * @throws ConflictError where the campaign has ended, or the revision is from before specs were kept
 */
export async function adoptRevision(
  tx: Knex,
  request: {
    campaign: CampaignRow;
    revision: ContextRevisionRow;
    actor: string;
  },
): Promise<void> {
  const { campaign, revision } = request;
  if (campaign.revision_id === revision.id) return;
  if (revision.spec === null) {
    throw new ConflictError(
      `Revision ${revision.number} was made before revisions could be adopted; store its context as a new one`,
    );
  }
  const current: CampaignSpec = JSON.parse(campaign.spec);
  await applySpec(tx, {
    campaign,
    spec: withContextOf(current, JSON.parse(revision.spec)),
    revision,
  });
  await recordActivity(tx, {
    campaignId: campaign.id,
    actor: request.actor,
    action: 'revision.adopt',
    ...forAll(`Adopted context revision ${revision.number}`),
  });
}
