import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { FeedbackDecisionRow } from './tables';

/** Stores what somebody decided about groups; an earlier decision is replaced. */
export async function decideFeedback(
  tx: Knex,
  campaignId: string,
  keys: string[],
  decision: Pick<FeedbackDecisionRow, 'state' | 'revision_id' | 'decided_by'>,
): Promise<void> {
  if (keys.length === 0) return;
  await tx('feedback_decisions')
    .insert(
      keys.map(key => ({
        campaign_id: campaignId,
        key,
        ...decision,
        decided_at: databaseNow(tx),
      })),
    )
    .onConflict(['campaign_id', 'key'])
    .merge();
}
