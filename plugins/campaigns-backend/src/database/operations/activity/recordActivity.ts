import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/** Actor of what the rollout policy did by itself. */
export const POLICY_ACTOR = 'skein';

/** What is said of a pause by the rollout policy to those who may not read all targets. */
export const PAUSED_BY_POLICY =
  'The rollout policy paused it: too many targets of a wave failed';

/** One entry of a campaign's history. */
export type ActivityEntry = {
  campaignId: string;
  /** Entity ref of the person, or {@link POLICY_ACTOR}. */
  actor: string;
  action: string;
  message: string;
} & (
  | {
      /** The only target that it is about: who may not read that never sees the entry. */
      targetId: string;
    }
  | {
      targetId?: undefined;
      /**
       * What is shown to those who may not read all targets of the campaign: the
       * message, without counts and names of targets. Undefined where nothing
       * would be left, and they do not see the entry.
       */
      summary: string | undefined;
    }
);

/** What an entry says that neither counts nor names targets. */
export function forAll(message: string): { message: string; summary: string } {
  return { message, summary: message };
}

/** Adds an entry to a campaign's history, in the transaction of what happened. */
export async function recordActivity(
  tx: Knex,
  entry: ActivityEntry,
): Promise<void> {
  await tx('activity').insert({
    campaign_id: entry.campaignId,
    target_id: entry.targetId ?? null,
    actor: entry.actor,
    action: entry.action,
    message: entry.message,
    summary: entry.targetId === undefined ? entry.summary ?? null : null,
    at: databaseNow(tx),
  });
}
