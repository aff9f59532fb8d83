import {
  Page,
  PageRequest,
  ScopeSnapshot,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { listPage } from '../listPage';
import { ScopeSnapshotRow } from './tables';

/** Snapshots of a campaign's scope, newest first. */
export async function listSnapshots(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
): Promise<Page<ScopeSnapshot>> {
  return listPage<ScopeSnapshotRow, ScopeSnapshot>(
    knex<ScopeSnapshotRow>('scope_snapshots').where({
      campaign_id: campaignId,
    }),
    page,
    [{ column: 'number', order: 'desc' }],
    row => ({
      id: row.id,
      campaignId: row.campaign_id,
      number: row.number,
      computedAt: toIso(row.computed_at)!,
      inScope: row.in_scope,
      unsure: row.unsure,
      outOfScope: row.out_of_scope,
      came: row.came,
      went: row.went,
      changed: row.changed,
      notices: JSON.parse(row.notices),
    }),
  );
}
