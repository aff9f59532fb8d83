import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';
import { CampaignRow } from '../../tables';
import { PAUSED_BY_POLICY, POLICY_ACTOR } from '../activity/recordActivity';

/**
 * Campaigns without what their texts say of targets that may not be read: the
 * rollout policy counts those that failed, and a scope's notices name repositories.
 */
export async function hideReasons(
  knex: Knex,
  rows: CampaignRow[],
  readable: RowFilter,
): Promise<CampaignRow[]> {
  if (readable === allRows) return rows;
  const paused = rows.filter(({ state }) => state === 'paused');
  const newest: Array<{ campaign_id: string; actor: string }> = await knex(
    'activity',
  )
    .whereIn(
      'id',
      knex('activity')
        .whereIn(
          'campaign_id',
          paused.map(({ id }) => id),
        )
        .where({ action: 'campaign.pause' })
        .groupBy('campaign_id')
        .max('id'),
    )
    .select('campaign_id', 'actor');
  const byPolicy = new Set(
    newest
      .filter(({ actor }) => actor === POLICY_ACTOR)
      .map(({ campaign_id: id }) => id),
  );
  return rows.map(row => ({
    ...row,
    scope_message: null,
    state_reason: byPolicy.has(row.id) ? PAUSED_BY_POLICY : row.state_reason,
  }));
}
