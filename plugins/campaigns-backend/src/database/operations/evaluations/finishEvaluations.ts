import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { RunRow } from '../../tables';
import { JobRow } from '../jobs/tables';

/**
 * Ends the evaluations of a campaign whose trials have all ended.
 *
 * @returns those that ended, with how many of their trials passed
 */
export async function finishEvaluations(
  tx: Knex,
  campaignId: string,
): Promise<Array<RunRow & { passed: number }>> {
  const ended = await tx<RunRow>('runs')
    .where({ campaign_id: campaignId, kind: 'dryRun', state: 'running' })
    .whereNotExists(
      tx<JobRow>('jobs')
        .select(tx.raw('1'))
        .whereRaw('jobs.run_id = runs.id')
        .whereIn('jobs.state', ['queued', 'running']),
    )
    .update({
      state: 'finished',
      finished_at: databaseNow(tx) as unknown as number,
    })
    .returning('*');
  const counts: any[] = await tx('jobs')
    .whereIn(
      'run_id',
      ended.map(({ id }) => id),
    )
    .where({ outcome: 'proposed' })
    .groupBy('run_id')
    .select('run_id')
    .count({ count: '*' });
  const passed = new Map(counts.map(row => [row.run_id, Number(row.count)]));
  return ended.map(run => ({ ...run, passed: passed.get(run.id) ?? 0 }));
}
