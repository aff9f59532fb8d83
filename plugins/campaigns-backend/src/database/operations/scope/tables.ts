import { DbTime } from '../../tables';

/** Rows of `scope_snapshots`. */
export interface ScopeSnapshotRow {
  id: string;
  campaign_id: string;
  number: number;
  computed_at: DbTime;
  in_scope: number;
  unsure: number;
  out_of_scope: number;
  came: number;
  went: number;
  changed: number;
  notices: string;
}

/** Rows of `scope_changes`. */
export interface ScopeChangeRow {
  id: number;
  campaign_id: string;
  snapshot_number: number;
  kind: 'came' | 'went' | 'changed';
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  path: string;
  before: string | null;
  after: string | null;
  at: DbTime;
}
