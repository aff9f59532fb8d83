import { Job } from '@skein/plugin-campaigns-common';
import { toIso } from '../../clock';
import { JobRow } from './tables';

/** The API's view of a job. */
export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    runId: row.run_id ?? undefined,
    targetId: row.target_id,
    task: row.task,
    state: row.state,
    phase: row.phase ?? undefined,
    attempts: row.attempts,
    failureKind: row.failure_kind ?? undefined,
    failureMessage: row.failure_message ?? undefined,
    createdAt: toIso(row.created_at)!,
    startedAt: toIso(row.started_at),
    finishedAt: toIso(row.finished_at),
  };
}
