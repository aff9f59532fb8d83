import {
  FailureKind,
  JobState,
  TrialOutcome,
} from '@skein/plugin-campaigns-common';
import { DbTime } from '../../tables';

/** Rows of `jobs`. */
export interface JobRow {
  id: string;
  campaign_id: string;
  run_id: string | null;
  target_id: string;
  revision_id: string;
  /** `evaluate`: a trial of a context revision; its runner is told `transform`. */
  task: 'transform' | 'scan' | 'evaluate';
  state: JobState;
  attempts: number;
  max_attempts: number;
  ticket: string | null;
  next_at: DbTime | null;
  phase: string | null;
  failure_kind: FailureKind | null;
  failure_message: string | null;
  /** Of a trial: what an earlier one worked on; null for the head of the branch. */
  base_commit: string | null;
  /** Of a trial that has ended, as are those below: what its target would have become. */
  outcome: TrialOutcome | null;
  outcome_message: string | null;
  change_id: string | null;
  edit_count: number;
  note_count: number;
  approval_required: boolean | number;
  created_at: DbTime;
  started_at: DbTime | null;
  finished_at: DbTime | null;
}

/** Rows of `job_attempts`. */
export interface JobAttemptRow {
  job_id: string;
  number: number;
  token_hash: string | null;
  executor: string;
  base_commit: string | null;
  event_count: number;
  event_bytes: DbTime;
  result_digest: string | null;
  started_at: DbTime;
  heartbeat_at: DbTime | null;
  finished_at: DbTime | null;
  outcome: string | null;
  message: string | null;
  over_budget_message: string | null;
}

/** Rows of `job_events`. */
export interface JobEventRow {
  id: number | string;
  job_id: string;
  attempt: number;
  at: DbTime;
  type: 'log' | 'phase' | 'outcome' | 'transcript';
  level: 'info' | 'warn' | 'error';
  phase: string | null;
  message: string;
  /** TranscriptEntry as JSON. */
  data: string | null;
}

/** Rows of `changes`. */
export interface ChangeRow {
  id: string;
  target_id: string;
  job_id: string;
  revision_id: string;
  base_commit: string;
  patch: string;
  report: string;
  files_changed: number;
  insertions: number;
  deletions: number;
  created_at: DbTime;
}
