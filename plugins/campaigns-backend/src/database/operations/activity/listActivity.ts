import { Activity, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { listPage } from '../listPage';
import { ActivityRow } from '../../tables';

/** A campaign's history, newest first. */
export async function listActivity(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
): Promise<Page<Activity>> {
  const query = knex<ActivityRow>('activity').where({
    campaign_id: campaignId,
  });
  return listPage(query, page, [{ column: 'id', order: 'desc' }], row => ({
    id: String(row.id),
    at: toIso(row.at)!,
    actor: row.actor,
    action: row.action,
    targetId: row.target_id ?? undefined,
    message: row.message,
  }));
}
