import { Page, PageRequest, Run } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { RunRow } from '../../tables';
import { listPage } from '../listPage';

/** A campaign's runs, newest first. */
export async function listRuns(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
): Promise<Page<Run>> {
  const query = knex<RunRow>('runs').where({ campaign_id: campaignId });
  return listPage(query, page, [{ column: 'number', order: 'desc' }], row => ({
    id: row.id,
    campaignId: row.campaign_id,
    number: row.number,
    kind: row.kind,
    wave: row.wave ?? undefined,
    revisionId: row.revision_id,
    state: row.state,
    targetCount: row.target_count,
    createdBy: row.created_by,
    createdAt: toIso(row.created_at)!,
    finishedAt: toIso(row.finished_at),
  }));
}
