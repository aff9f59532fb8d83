import { DbTime } from '../../tables';

/** Rows of `rollbacks`. */
export interface RollbackRow {
  id: string;
  target_id: string;
  campaign_id: string;
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  state: 'planned' | 'done' | 'failed';
  branch: string;
  pushed_sha: string;
  pr_number: number | null;
  reason: string;
  ticket: string | null;
  next_at: DbTime | null;
  attempts: number;
  last_error: string | null;
  created_at: DbTime;
  updated_at: DbTime;
}
