import { Activity, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { listPage } from '../listPage';
import { ActivityRow } from '../../tables';
import { allRows, RowFilter } from '../../../authorization';

/** A campaign's history, newest first; what tells of one target only where that may be seen. */
export async function listActivity(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
  readable: RowFilter,
): Promise<Page<Activity>> {
  const query = knex<ActivityRow>('activity').where({
    campaign_id: campaignId,
  });
  if (readable !== allRows) {
    const targets = knex('targets')
      .where({ campaign_id: campaignId })
      .select('id');
    readable(targets);
    query.andWhere(entry =>
      entry.whereNull('target_id').orWhereIn('target_id', targets),
    );
  }
  return listPage(query, page, [{ column: 'id', order: 'desc' }], row => ({
    id: String(row.id),
    at: toIso(row.at)!,
    actor: row.actor,
    action: row.action,
    targetId: row.target_id ?? undefined,
    message: row.message,
  }));
}
