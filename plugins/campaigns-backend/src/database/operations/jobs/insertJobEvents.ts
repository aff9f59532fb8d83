import { TranscriptEntry } from '@skein/job-runner';
import { Knex } from 'knex';
import { databaseNow } from '../../clock';
import { JobEventRow } from './tables';

/** What is said of an attempt. */
export interface NewJobEvent {
  type: JobEventRow['type'];
  level: JobEventRow['level'];
  phase?: string;
  message: string;
  /** Of a transcript. */
  data?: TranscriptEntry;
}

/** Appends events of an attempt, with the database's time. */
export async function insertJobEvents(
  tx: Knex,
  jobId: string,
  attempt: number,
  events: NewJobEvent[],
): Promise<void> {
  // Chunks, since SQLite bounds the number of values in one statement.
  for (let start = 0; start < events.length; start += 100) {
    await tx('job_events').insert(
      events.slice(start, start + 100).map(event => ({
        job_id: jobId,
        attempt,
        at: databaseNow(tx),
        type: event.type,
        level: event.level,
        phase: event.phase ?? null,
        // Postgres has no place for NUL in a text.
        message: event.message.replaceAll('\0', '\uFFFD'),
        data: event.data ? JSON.stringify(event.data) : null,
      })),
    );
  }
}
