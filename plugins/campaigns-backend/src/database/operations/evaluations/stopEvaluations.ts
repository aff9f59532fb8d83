import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { stopTrials } from '../jobs/stopJobs';

/** Stops the evaluations of a campaign that run, or one of them, with their trials. */
export async function stopEvaluations(
  tx: Knex.Transaction,
  of: { campaignId: string; runId?: string },
  reason: string,
): Promise<void> {
  await stopTrials(tx, of, reason);
  await tx('runs')
    .where({
      campaign_id: of.campaignId,
      kind: 'dryRun',
      state: 'running',
      ...(of.runId && { id: of.runId }),
    })
    .update({ state: 'stopped', finished_at: databaseNow(tx) });
}
