import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/** Actor of what the rollout policy did by itself. */
export const POLICY_ACTOR = 'skein';

/** Adds an entry to a campaign's history, in the transaction of what happened. */
export async function recordActivity(
  tx: Knex,
  entry: {
    campaignId: string;
    targetId?: string;
    /** Entity ref of the person, or {@link POLICY_ACTOR}. */
    actor: string;
    action: string;
    message: string;
  },
): Promise<void> {
  await tx('activity').insert({
    campaign_id: entry.campaignId,
    target_id: entry.targetId ?? null,
    actor: entry.actor,
    action: entry.action,
    message: entry.message,
    at: databaseNow(tx),
  });
}
