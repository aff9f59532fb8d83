import { Knex } from 'knex';
import { databaseNow } from '../../clock';

/** Ends the waves and retries of a campaign none of whose targets waits or works any more. */
export async function finishRuns(tx: Knex, campaignId: string): Promise<void> {
  await tx('runs')
    .where({ campaign_id: campaignId, state: 'running' })
    .whereNot({ kind: 'dryRun' })
    .whereNotExists(
      tx('targets')
        .select(tx.raw('1'))
        .where('targets.campaign_id', campaignId)
        .whereRaw('targets.run_id = runs.id')
        .whereIn('targets.state', ['pending', 'queued', 'running']),
    )
    .update({ state: 'finished', finished_at: databaseNow(tx) });
}
