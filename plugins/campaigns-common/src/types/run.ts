import { FailureKind } from './target';

/** @public */
export type RunKind = 'dryRun' | 'wave' | 'retry';

/** One pass over chosen targets with one context revision. @public */
export interface Run {
  id: string;
  campaignId: string;
  /** 1, 2, 3… within the campaign. */
  number: number;
  kind: RunKind;
  /** The wave it carries out. */
  wave?: string;
  revisionId: string;
  state: 'running' | 'finished' | 'stopped';
  targetCount: number;
  createdBy: string;
  createdAt: string;
  finishedAt?: string;
}

/** @public */
export type JobState =
  | 'queued'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'overBudget'
  | 'stopped';

/** One target in one run. @public */
export interface Job {
  id: string;
  /** Undefined for a scan, which belongs to no run. */
  runId?: string;
  targetId: string;
  /**
   * - `transform` makes a change
   * - `scan` looks whether the merged code still reads the old dataset
   * - `evaluate` tries a context revision; its target stays as it is
   */
  task: 'transform' | 'scan' | 'evaluate';
  state: JobState;
  phase?: string;
  /** Attempts made so far. */
  attempts: number;
  failureKind?: FailureKind;
  failureMessage?: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
}

/** A line of a job's log or a step of its way; append-only. @public */
export interface JobEvent {
  /** Grows within a job; pass it as `after` to read on. */
  id: number;
  jobId: string;
  attempt: number;
  at: string;
  type: 'log' | 'phase' | 'outcome' | 'transcript';
  level: 'info' | 'warn' | 'error';
  phase?: string;
  message: string;
  /** Of a `transcript`: a turn of the agent, or a tool that it called. */
  transcript?: TranscriptEntry;
}

/** One step of an agent. Texts are cut and redacted. @public */
export type TranscriptEntry =
  | {
      kind: 'turn';
      /** 1, 2, 3… within the job. */
      turn: number;
      model: string;
      stopReason: string;
      /** What the model said. */
      text?: string;
      usage: TokenUsage;
      durationMs: number;
    }
  | {
      kind: 'tool';
      turn: number;
      name: string;
      /** As JSON. */
      input: string;
      /** What the model was told. */
      result: string;
      /** Bytes of the whole result. */
      resultBytes: number;
      failed: boolean;
      durationMs: number;
    };

/** Tokens of one model call or of many. @public */
export interface TokenUsage {
  /** Neither written to nor read from the cache. */
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}
