import { JobState } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { HeldJob } from './lockHeldJob';
import { JobAttemptRow, JobRow } from './tables';

/**
 * How an attempt's holder stands:
 * - `silent`: the job is the holder's; its runner has not spoken yet
 * - `held`: the job is the holder's
 * - `ended`: the job has its result
 * - `lost`: the job was stopped, given back or given to another
 */
export type HeldJobStatus = 'silent' | 'held' | 'ended' | 'lost';

const ended: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'overBudget',
]);

/** How these stand now, by ticket. */
export async function watchJobs(
  knex: Knex,
  held: HeldJob[],
): Promise<Map<string, HeldJobStatus>> {
  const rows = await knex<JobRow>('jobs')
    .join<JobAttemptRow>('job_attempts', join =>
      join
        .on('job_attempts.job_id', 'jobs.id')
        .andOn('job_attempts.number', 'jobs.attempts'),
    )
    .whereIn(
      'jobs.id',
      held.map(job => job.id),
    )
    .select('jobs.id', 'jobs.ticket', 'jobs.state', 'heartbeat_at');
  const byId = new Map(rows.map(row => [row.id, row]));
  return new Map(
    held.map(job => {
      const row = byId.get(job.id);
      if (row?.state === 'running' && row.ticket === job.ticket) {
        return [job.ticket, row.heartbeat_at === null ? 'silent' : 'held'];
      }
      return [job.ticket, row && ended.has(row.state) ? 'ended' : 'lost'];
    }),
  );
}
