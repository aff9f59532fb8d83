import { randomUUID } from 'crypto';
import { CostEstimate } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/** An estimate before it is stored. */
export type NewEstimate = Omit<CostEstimate, 'id' | 'createdAt'>;

/** Keeps an estimate, to be shown beside what it really cost. */
export async function insertEstimate(
  knex: Knex,
  campaignId: string,
  estimate: NewEstimate,
): Promise<void> {
  const { revisionId, createdBy, ...content } = estimate;
  await knex('model_estimates').insert({
    id: randomUUID(),
    campaign_id: campaignId,
    revision_id: revisionId,
    content: JSON.stringify(content),
    created_by: createdBy,
    created_at: databaseNow(knex),
  });
}
