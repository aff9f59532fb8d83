import {
  ContextRevision,
  Page,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { CampaignRow, ContextRevisionRow } from '../../tables';
import { listPage } from '../listPage';

/** A campaign's context revisions, newest first. */
export async function listRevisions(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
): Promise<Page<ContextRevision>> {
  const query = knex<ContextRevisionRow>('context_revisions').where({
    campaign_id: campaignId,
  });
  const campaign = await knex<CampaignRow>('campaigns')
    .where({ id: campaignId })
    .first('revision_id');
  return listPage(query, page, [{ column: 'number', order: 'desc' }], row => ({
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    digest: row.digest,
    current: row.id === campaign?.revision_id,
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
  }));
}
