import { DbTime } from '../../tables';

/** Rows of `ci_runs`. */
export interface CiRunRow {
  id: string;
  campaign_id: string;
  target_id: string;
  change_id: string;
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  state: 'planned' | 'waiting' | 'concluded' | 'done';
  branch: string | null;
  commit: string | null;
  pushed_at: DbTime | null;
  ticket: string | null;
  next_at: DbTime | null;
  seen: string | null;
  seen_at: DbTime | null;
  looks: number;
  attempts: number;
  last_error: string | null;
  created_at: DbTime;
}
