import { JobEvent } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../../clock';
import { JobEventRow } from './tables';

const MOST_EVENTS = 1_000;

/** The events of a job after an id, oldest first; late readers and live ones read the same way. */
export async function listJobEvents(
  knex: Knex,
  jobId: string,
  after = 0,
): Promise<JobEvent[]> {
  const rows = await knex<JobEventRow>('job_events')
    .where({ job_id: jobId })
    .andWhere('id', '>', after)
    .orderBy('id')
    .limit(MOST_EVENTS);
  return rows.map(row => ({
    id: Number(row.id),
    jobId: row.job_id,
    attempt: row.attempt,
    at: toIso(row.at)!,
    type: row.type,
    level: row.level,
    phase: row.phase ?? undefined,
    message: row.message,
    ...(row.data && { transcript: JSON.parse(row.data) }),
  }));
}
