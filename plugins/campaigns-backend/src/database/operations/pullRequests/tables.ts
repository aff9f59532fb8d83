import { PullRequest } from '@skein/plugin-campaigns-common';
import { DbTime } from '../../tables';

/** Rows of `pull_requests`. */
export interface PullRequestRow {
  target_id: string;
  campaign_id: string;
  repo_host: string;
  repo_owner: string;
  repo_name: string;
  number: number;
  url: string;
  title: string;
  state: PullRequest['state'];
  draft: boolean | number;
  head_branch: string;
  head_sha: string;
  base_branch: string;
  checks: PullRequest['checks'];
  review: PullRequest['review'];
  reviewers: string;
  mergeable: PullRequest['mergeable'];
  human_commits: boolean | number;
  opened_at: DbTime;
  merged_at: DbTime | null;
  merge_commit: string | null;
  closed_at: DbTime | null;
  pushed_sha: string;
  synced_at: DbTime;
  changed_at: DbTime;
  missing_since: DbTime | null;
  next_sync_at: DbTime | null;
  sync_requested_at: DbTime | null;
  sync_ticket: string | null;
  scan_requested_at: DbTime | null;
  /** What the forge said of the conversation that was read last; null for one to be read. */
  conversation: string | null;
}
