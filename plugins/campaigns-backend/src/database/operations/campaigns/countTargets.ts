import { TargetState } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';

/** How many targets of a campaign share a state and a wave. */
export interface TargetCount {
  campaignId: string;
  state: TargetState;
  wave?: string;
  waveIndex?: number;
  count: number;
}

/** Counts those targets of campaigns that may be read, in one query. */
export async function countTargets(
  knex: Knex,
  campaignIds: string[],
  readable: RowFilter,
): Promise<TargetCount[]> {
  const groups = ['campaign_id', 'state', 'wave', 'wave_index'];
  const query = knex('targets')
    .whereIn('campaign_id', campaignIds)
    .groupBy(groups)
    .select(groups)
    .count({ count: '*' });
  readable(query);
  const rows: any[] = await query;
  return rows.map(row => ({
    campaignId: row.campaign_id,
    state: row.state,
    wave: row.wave ?? undefined,
    waveIndex: row.wave_index ?? undefined,
    count: Number(row.count),
  }));
}
