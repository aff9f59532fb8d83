import {
  ContextRevision,
  Page,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { CampaignRow, ContextRevisionRow } from '../../tables';
import { listPage } from '../listPage';
import { toRevision } from './mapRevision';

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
  return listPage(query, page, [{ column: 'number', order: 'desc' }], row =>
    toRevision(row, campaign?.revision_id),
  );
}
