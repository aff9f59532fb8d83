/**
 * What the forge remembers. Times are ISO 8601 in UTC with seconds, as
 * GitHub's API writes them, unless a name says otherwise.
 */

export interface AccountRow {
  id: number;
  type: 'User' | 'Organization' | 'Bot';
  login: string;
  name: string;
  email?: string;
  createdAt: string;
}

export interface MembershipRow {
  id: number;
  organizationId: number;
  userId: number;
  role: 'admin' | 'member';
}

export interface TeamRow {
  id: number;
  organizationId: number;
  slug: string;
  name: string;
  description?: string;
  createdAt: string;
  updatedAt: string;
}

export interface TeamMemberRow {
  id: number;
  teamId: number;
  userId: number;
  role: 'maintainer' | 'member';
}

export interface RepositoryRow {
  id: number;
  ownerId: number;
  name: string;
  description?: string;
  private: boolean;
  archived: boolean;
  defaultBranch: string;
  topics: string[];
  allowMergeCommit: boolean;
  allowSquashMerge: boolean;
  allowRebaseMerge: boolean;
  deleteBranchOnMerge: boolean;
  /** Approving reviews that a merge into the default branch needs. */
  requiredApprovals: number;
  /** Status contexts and check names that a merge into the default branch needs. */
  requiredChecks: string[];
  lastNumber: number;
  /** Set before git is written to, cleared when the rows below agree with git again. */
  dirty: boolean;
  createdAt: string;
  updatedAt: string;
  pushedAt: string;
}

export interface RefRow {
  id: number;
  repositoryId: number;
  name: string;
  sha: string;
}

export interface IssueRow {
  id: number;
  repositoryId: number;
  number: number;
  isPull: boolean;
  title: string;
  body?: string;
  state: 'open' | 'closed';
  authorId: number;
  closedById?: number;
  createdAt: string;
  updatedAt: string;
  closedAt?: string;
}

export interface PullRow {
  id: number;
  issueId: number;
  repositoryId: number;
  number: number;
  headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  merged: boolean;
  mergedAt?: string;
  mergedById?: number;
  mergeCommitSha?: string;
  /** The commit a merge is about to put on the base, written before it is tried. */
  mergingCommitSha?: string;
  mergingById?: number;
}

export interface CommentRow {
  id: number;
  issueId: number;
  repositoryId: number;
  authorId: number;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export type ReviewState =
  | 'PENDING'
  | 'COMMENTED'
  | 'APPROVED'
  | 'CHANGES_REQUESTED'
  | 'DISMISSED';

export interface ReviewRow {
  id: number;
  pullId: number;
  authorId: number;
  state: ReviewState;
  body: string;
  commitId: string;
  submittedAt?: string;
  /** Absent where nobody has edited it. */
  updatedAt?: string;
}

export interface ReviewCommentRow {
  id: number;
  pullId: number;
  reviewId: number;
  authorId: number;
  body: string;
  path: string;
  commitId: string;
  line?: number;
  side: 'LEFT' | 'RIGHT';
  startLine?: number;
  startSide?: 'LEFT' | 'RIGHT';
  inReplyToId?: number;
  diffHunk: string;
  createdAt: string;
  updatedAt: string;
}

/** Exactly one of `userId` and `teamId` is set. */
export interface ReviewRequestRow {
  id: number;
  pullId: number;
  userId?: number;
  teamId?: number;
}

export interface LabelRow {
  id: number;
  repositoryId: number;
  name: string;
  color: string;
  description?: string;
}

export interface IssueLabelRow {
  id: number;
  issueId: number;
  labelId: number;
}

export interface AssigneeRow {
  id: number;
  issueId: number;
  userId: number;
}

export interface StatusRow {
  id: number;
  repositoryId: number;
  sha: string;
  state: 'error' | 'failure' | 'pending' | 'success';
  context: string;
  description?: string;
  targetUrl?: string;
  creatorId: number;
  createdAt: string;
  updatedAt: string;
}

export type CheckStatus = 'queued' | 'in_progress' | 'completed';

export interface CheckSuiteRow {
  id: number;
  repositoryId: number;
  appId: number;
  headSha: string;
  headBranch?: string;
  status: CheckStatus;
  conclusion?: string;
  createdAt: string;
  updatedAt: string;
}

export interface CheckRunRow {
  id: number;
  suiteId: number;
  repositoryId: number;
  appId: number;
  headSha: string;
  name: string;
  status: CheckStatus;
  conclusion?: string;
  startedAt?: string;
  completedAt?: string;
  detailsUrl?: string;
  externalId?: string;
  output: { title?: string; summary?: string; text?: string };
  /** Of the job of Actions that it stands for */
  log?: string;
}

/** A hook of exactly one of a repository, an organisation or an app. */
export interface HookRow {
  id: number;
  repositoryId?: number;
  organizationId?: number;
  appId?: number;
  url: string;
  secret?: string;
  events: string[];
  active: boolean;
  contentType: 'json' | 'form';
  createdAt: string;
  updatedAt: string;
}

export interface DeliveryRow {
  id: number;
  hookId: number;
  guid: string;
  event: string;
  action?: string;
  repositoryId?: number;
  installationId?: number;
  payload: string;
  state: 'pending' | 'delivered' | 'failed' | 'lost';
  attempts: number;
  /** Milliseconds since the epoch before which it is not sent. */
  nextAt: number;
  /** Held back so that a later delivery of the same hook overtakes it. */
  held: boolean;
  redelivery: boolean;
  statusCode?: number;
  durationMs?: number;
  error?: string;
  createdAt: string;
  deliveredAt?: string;
}

export interface AppRow {
  id: number;
  slug: string;
  name: string;
  ownerId: number;
  botId: number;
  publicKey: string;
  permissions: Record<string, string>;
  events: string[];
  createdAt: string;
}

export interface InstallationRow {
  id: number;
  appId: number;
  accountId: number;
  /** Undefined means every repository of the account. */
  repositoryIds?: number[];
  createdAt: string;
  updatedAt: string;
}

/** A token is kept as its SHA-256 only. */
export interface TokenRow {
  id: number;
  hash: string;
  userId?: number;
  installationId?: number;
  expiresAt?: string;
  repositoryIds?: number[];
  permissions?: Record<string, string>;
}
