/**
 * What is known of a target's pull request. Filled from webhooks and batched
 * queries; no page calls the forge.
 *
 * @public
 */
export interface PullRequest {
  number: number;
  /** Page of the pull request for people. */
  url: string;
  title: string;
  state: 'open' | 'closed' | 'merged';
  draft: boolean;
  headBranch: string;
  headSha: string;
  baseBranch: string;
  checks: 'none' | 'pending' | 'passing' | 'failing';
  review: 'none' | 'requested' | 'approved' | 'changesRequested';
  /** Logins and team slugs asked for a review. */
  reviewers: string[];
  mergeable: 'clean' | 'conflict' | 'unknown';
  /** Somebody else committed on our branch: it is theirs now. */
  humanCommits: boolean;
  openedAt: string;
  mergedAt?: string;
  /** Commit on the base branch that carries the change, once merged. */
  mergeCommit?: string;
  closedAt?: string;
  /** When the forge was last asked, or last told us. */
  syncedAt: string;
}
