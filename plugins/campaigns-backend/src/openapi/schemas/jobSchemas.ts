import { anything, integer, object, string, time } from './words';

/** Schemas of jobs. */
export const jobSchemas = {
  Job: object(
    {
      id: string,
      targetId: string,
      task: { enum: ['transform', 'scan', 'evaluate'] },
      state: {
        enum: [
          'queued',
          'running',
          'succeeded',
          'failed',
          'overBudget',
          'stopped',
        ],
      },
      attempts: integer,
      createdAt: time,
    },
    {
      runId: string,
      phase: string,
      failureKind: string,
      failureMessage: string,
      startedAt: time,
      finishedAt: time,
    },
  ),
  JobEvent: object(
    {
      id: integer,
      jobId: string,
      attempt: integer,
      at: time,
      type: { enum: ['log', 'phase', 'outcome', 'transcript'] },
      level: { enum: ['info', 'warn', 'error'] },
      message: string,
    },
    { phase: string, transcript: anything },
  ),
};
