import { CostEstimate } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { ModelEstimateRow } from './tables';

/** What a campaign was last expected to cost; undefined where nobody asked. */
export async function getNewestEstimate(
  knex: Knex,
  campaignId: string,
): Promise<CostEstimate | undefined> {
  const row = await knex<ModelEstimateRow>('model_estimates')
    .where({ campaign_id: campaignId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  return (
    row && {
      ...JSON.parse(row.content),
      id: row.id,
      createdAt: toIso(row.created_at)!,
      createdBy: row.created_by,
      revisionId: row.revision_id,
    }
  );
}
