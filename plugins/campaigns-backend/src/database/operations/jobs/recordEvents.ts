import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { insertJobEvents, NewJobEvent } from './insertJobEvents';
import { JobAttemptRow } from './tables';

/**
 * Stores what a runner says and counts it.
 *
 * @param phase - the phase that the job is in from now on, where it changed
 * @returns what the attempt has said altogether
 */
export async function recordEvents(
  tx: Knex.Transaction,
  attempt: { jobId: string; number: number },
  events: NewJobEvent[],
  phase?: string,
): Promise<{ count: number; bytes: number }> {
  const bytes = events.reduce(
    (sum, { message, data }) =>
      sum +
      Buffer.byteLength(message) +
      (data ? Buffer.byteLength(JSON.stringify(data)) : 0),
    0,
  );
  const [row] = await tx<JobAttemptRow>('job_attempts')
    .where({ job_id: attempt.jobId, number: attempt.number })
    .update({
      heartbeat_at: databaseNow(tx) as unknown as number,
      event_count: tx.raw('event_count + ?', [
        events.length,
      ]) as unknown as number,
      event_bytes: tx.raw('event_bytes + ?', [bytes]) as unknown as number,
    })
    .returning(['event_count', 'event_bytes']);
  await insertJobEvents(tx, attempt.jobId, attempt.number, events);
  if (phase) await tx('jobs').where({ id: attempt.jobId }).update({ phase });
  return { count: row.event_count, bytes: Number(row.event_bytes) };
}
