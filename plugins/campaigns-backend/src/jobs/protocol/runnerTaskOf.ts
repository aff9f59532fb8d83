import { JobSpec } from '@skein/job-runner';
import { JobRow } from '../../database/operations/jobs/tables';

/** What a job's runner is told to do: it need not know a trial from what counts. */
export function runnerTaskOf(job: Pick<JobRow, 'task'>): JobSpec['task'] {
  return job.task === 'evaluate' ? 'transform' : job.task;
}
