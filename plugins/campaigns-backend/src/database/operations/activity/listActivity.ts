import { Activity, Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { listPage } from '../listPage';
import { ActivityRow } from '../../tables';
import { allRows, RowFilter } from '../../../authorization';
import { visibleTargets } from '../targets/whereTargetVisible';

/**
 * A campaign's history, newest first: of one target only where that may be read,
 * and of many in the words that count none of them, unless all may be read.
 */
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
    query.andWhere(entry =>
      entry
        .whereNotNull('summary')
        .orWhereIn('target_id', visibleTargets(knex, readable)),
    );
  }
  return listPage(query, page, [{ column: 'id', order: 'desc' }], row => ({
    id: String(row.id),
    at: toIso(row.at)!,
    actor: row.actor,
    action: row.action,
    targetId: row.target_id ?? undefined,
    message: readable === allRows ? row.message : row.summary ?? row.message,
  }));
}
