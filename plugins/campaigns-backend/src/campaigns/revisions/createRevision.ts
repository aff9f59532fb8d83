import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { insertRevision } from '../../database/operations/campaigns/insertRevision';
import { CampaignRow, ContextRevisionRow } from '../../database/tables';
import { AgentOffers } from '../AgentOffers';
import { contextOf, digestOf } from '../context';

/**
 * Stores the context that a spec stands for as a revision that no job is told
 * yet; `adoptRevision` makes it the current one. Where it equals the current or
 * the newest revision, that one is the answer.
 *
 * @param request.campaign - locked by the caller
 * @param request.spec - as `CampaignService.parse` gives it, or the campaign's own with changes
 */
export async function createRevision(
  tx: Knex,
  request: {
    campaign: Pick<CampaignRow, 'id' | 'revision_id'>;
    spec: CampaignSpec;
    offers: AgentOffers;
    /** One line. */
    note?: string;
    actor: string;
  },
): Promise<{ revision: ContextRevisionRow; created: boolean }> {
  const { campaign, spec } = request;
  const content = contextOf(spec, request.offers);
  const digest = digestOf(content);
  const revisions = () =>
    tx<ContextRevisionRow>('context_revisions').where({
      campaign_id: campaign.id,
    });
  const current = campaign.revision_id
    ? await revisions().where({ id: campaign.revision_id }).first()
    : undefined;
  const newest = await revisions().orderBy('number', 'desc').first();
  const equal = [current, newest].find(row => row?.digest === digest);
  if (equal) return { revision: equal, created: false };
  const revision = await insertRevision(tx, {
    campaign_id: campaign.id,
    digest,
    content: JSON.stringify(content),
    spec: JSON.stringify(spec),
    note: request.note ?? null,
    created_by: request.actor,
  });
  return { revision, created: true };
}
