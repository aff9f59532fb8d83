import {
  Page,
  PageRequest,
  ScopeSnapshot,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { toIso } from '../../clock';
import { listPage } from '../listPage';
import { countVisiblePlaces } from './countVisiblePlaces';
import { ScopeSnapshotRow } from './tables';

/**
 * Snapshots of a campaign's scope, newest first, with how many of the readable
 * places each held. Notices name repositories, so they are for who may read all.
 */
export async function listSnapshots(
  knex: Knex,
  campaignId: string,
  page: PageRequest,
  readable: RowFilter,
): Promise<Page<ScopeSnapshot>> {
  const snapshots = await listPage<ScopeSnapshotRow, ScopeSnapshot>(
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
  if (readable === allRows || snapshots.items.length === 0) return snapshots;
  const numbers = snapshots.items.map(({ number }) => number);
  const counts = await countVisiblePlaces(knex, campaignId, numbers, readable);
  return {
    ...snapshots,
    items: snapshots.items.map(snapshot => {
      const { in: inScope, out, ...others } = counts.get(snapshot.number)!;
      return {
        ...snapshot,
        ...others,
        inScope,
        outOfScope: out,
        notices: [],
      };
    }),
  };
}
