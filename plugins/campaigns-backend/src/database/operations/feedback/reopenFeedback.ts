import { Knex } from 'knex';
import { FeedbackDecisionRow } from './tables';

/** Takes dismissals back. */
export async function reopenFeedback(
  tx: Knex,
  campaignId: string,
  keys: string[],
): Promise<void> {
  await tx<FeedbackDecisionRow>('feedback_decisions')
    .where({ campaign_id: campaignId, state: 'dismissed' })
    .whereIn('key', keys)
    .delete();
}
