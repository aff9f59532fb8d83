import { DbTime } from '../../tables';

/** Rows of `publications`. */
export interface PublicationRow {
  id: string;
  target_id: string;
  change_id: string;
  campaign_id: string;
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  state: 'planned' | 'pushed' | 'opened' | 'failed' | 'abandoned';
  branch: string | null;
  base_branch: string | null;
  head_sha: string | null;
  pr_number: number | null;
  ticket: string | null;
  next_at: DbTime | null;
  attempts: number;
  last_error: string | null;
  created_at: DbTime;
  updated_at: DbTime;
}

/** States in which a publication still has something to do. */
export const livePublicationStates: PublicationRow['state'][] = [
  'planned',
  'pushed',
];
