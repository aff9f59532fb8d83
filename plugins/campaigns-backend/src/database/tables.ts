import { CampaignState, TargetState } from '@skein/plugin-campaigns-common';

/** Postgres gives big integers as text, SQLite as numbers: `toIso` and `Number` read both. */
export type DbTime = number | string;

/** Rows of `campaigns`. */
export interface CampaignRow {
  id: string;
  name: string;
  title: string;
  owner_ref: string;
  state: CampaignState;
  state_reason: string | null;
  spec: string;
  revision_id: string | null;
  scope_state: 'none' | 'computing' | 'ready' | 'failed';
  scope_message: string | null;
  scope_computed_at: DbTime | null;
  scope_ticket: string | null;
  scope_next_at: DbTime | null;
  tolerated_wave_index: number | null;
  created_by: string;
  created_at: DbTime;
  updated_at: DbTime;
  launched_by: string | null;
  launched_at: DbTime | null;
}

/** Rows of `context_revisions`. */
export interface ContextRevisionRow {
  id: string;
  campaign_id: string;
  number: number;
  digest: string;
  /** ContextContent as JSON. */
  content: string;
  /** CampaignSpec as JSON; null in rows of before specs were kept. */
  spec: string | null;
  note: string | null;
  created_by: string;
  created_at: DbTime;
}

/** Rows of `targets`. */
export interface TargetRow {
  id: string;
  campaign_id: string;
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  path: string;
  framework: string;
  entity_ref: string | null;
  owner_ref: string | null;
  state: TargetState;
  state_reason: string | null;
  failure_kind: string | null;
  wave: string | null;
  wave_index: number | null;
  reasons: string;
  decided_by_person: boolean | number;
  /** PlaceFacts of the newest snapshot as JSON; null where that has it no more. */
  scope_facts: string | null;
  newcomer: boolean | number;
  edit_count: number;
  note_count: number;
  approval_required: boolean | number;
  change_id: string | null;
  job_id: string | null;
  run_id: string | null;
  expected_at: DbTime | null;
  created_at: DbTime;
  updated_at: DbTime;
}

/** Rows of `runs`. */
export interface RunRow {
  id: string;
  campaign_id: string;
  number: number;
  kind: 'dryRun' | 'wave' | 'retry';
  wave: string | null;
  revision_id: string;
  state: 'running' | 'finished' | 'stopped';
  target_count: number;
  created_by: string;
  created_at: DbTime;
  finished_at: DbTime | null;
}

/** Rows of `activity`. */
export interface ActivityRow {
  id: number;
  campaign_id: string;
  target_id: string | null;
  actor: string;
  action: string;
  message: string;
  /** The message without what it says of targets; null where nothing is left. */
  summary: string | null;
  at: DbTime;
}
