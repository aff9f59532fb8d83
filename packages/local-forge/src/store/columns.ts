import * as rows from './rows';
import { Columns } from './Table';

export const accounts: Columns<rows.AccountRow> = {
  type: 'text',
  login: 'text',
  name: 'text',
  email: 'text',
  createdAt: 'text',
};

export const memberships: Columns<rows.MembershipRow> = {
  organizationId: 'integer',
  userId: 'integer',
  role: 'text',
};

export const teams: Columns<rows.TeamRow> = {
  organizationId: 'integer',
  slug: 'text',
  name: 'text',
  description: 'text',
  createdAt: 'text',
  updatedAt: 'text',
};

export const teamMembers: Columns<rows.TeamMemberRow> = {
  teamId: 'integer',
  userId: 'integer',
  role: 'text',
};

export const repositories: Columns<rows.RepositoryRow> = {
  ownerId: 'integer',
  name: 'text',
  description: 'text',
  private: 'boolean',
  archived: 'boolean',
  defaultBranch: 'text',
  topics: 'json',
  allowMergeCommit: 'boolean',
  allowSquashMerge: 'boolean',
  allowRebaseMerge: 'boolean',
  deleteBranchOnMerge: 'boolean',
  requiredApprovals: 'integer',
  requiredChecks: 'json',
  lastNumber: 'integer',
  dirty: 'boolean',
  createdAt: 'text',
  updatedAt: 'text',
  pushedAt: 'text',
};

export const refs: Columns<rows.RefRow> = {
  repositoryId: 'integer',
  name: 'text',
  sha: 'text',
};

export const issues: Columns<rows.IssueRow> = {
  repositoryId: 'integer',
  number: 'integer',
  isPull: 'boolean',
  title: 'text',
  body: 'text',
  state: 'text',
  authorId: 'integer',
  closedById: 'integer',
  createdAt: 'text',
  updatedAt: 'text',
  closedAt: 'text',
};

export const pulls: Columns<rows.PullRow> = {
  issueId: 'integer',
  repositoryId: 'integer',
  number: 'integer',
  headRef: 'text',
  headSha: 'text',
  baseRef: 'text',
  baseSha: 'text',
  draft: 'boolean',
  merged: 'boolean',
  mergedAt: 'text',
  mergedById: 'integer',
  mergeCommitSha: 'text',
  mergingCommitSha: 'text',
  mergingById: 'integer',
};

export const comments: Columns<rows.CommentRow> = {
  issueId: 'integer',
  repositoryId: 'integer',
  authorId: 'integer',
  body: 'text',
  createdAt: 'text',
  updatedAt: 'text',
};

export const reviews: Columns<rows.ReviewRow> = {
  pullId: 'integer',
  authorId: 'integer',
  state: 'text',
  body: 'text',
  commitId: 'text',
  submittedAt: 'text',
  updatedAt: 'text',
};

export const reviewComments: Columns<rows.ReviewCommentRow> = {
  pullId: 'integer',
  reviewId: 'integer',
  authorId: 'integer',
  body: 'text',
  path: 'text',
  commitId: 'text',
  line: 'integer',
  side: 'text',
  startLine: 'integer',
  startSide: 'text',
  inReplyToId: 'integer',
  diffHunk: 'text',
  createdAt: 'text',
  updatedAt: 'text',
};

export const reviewRequests: Columns<rows.ReviewRequestRow> = {
  pullId: 'integer',
  userId: 'integer',
  teamId: 'integer',
};

export const labels: Columns<rows.LabelRow> = {
  repositoryId: 'integer',
  name: 'text',
  color: 'text',
  description: 'text',
};

export const issueLabels: Columns<rows.IssueLabelRow> = {
  issueId: 'integer',
  labelId: 'integer',
};

export const assignees: Columns<rows.AssigneeRow> = {
  issueId: 'integer',
  userId: 'integer',
};

export const statuses: Columns<rows.StatusRow> = {
  repositoryId: 'integer',
  sha: 'text',
  state: 'text',
  context: 'text',
  description: 'text',
  targetUrl: 'text',
  creatorId: 'integer',
  createdAt: 'text',
  updatedAt: 'text',
};

export const checkSuites: Columns<rows.CheckSuiteRow> = {
  repositoryId: 'integer',
  appId: 'integer',
  headSha: 'text',
  headBranch: 'text',
  status: 'text',
  conclusion: 'text',
  createdAt: 'text',
  updatedAt: 'text',
};

export const checkRuns: Columns<rows.CheckRunRow> = {
  suiteId: 'integer',
  repositoryId: 'integer',
  appId: 'integer',
  headSha: 'text',
  name: 'text',
  status: 'text',
  conclusion: 'text',
  startedAt: 'text',
  completedAt: 'text',
  detailsUrl: 'text',
  externalId: 'text',
  output: 'json',
  log: 'text',
};

export const hooks: Columns<rows.HookRow> = {
  repositoryId: 'integer',
  organizationId: 'integer',
  appId: 'integer',
  url: 'text',
  secret: 'text',
  events: 'json',
  active: 'boolean',
  contentType: 'text',
  createdAt: 'text',
  updatedAt: 'text',
};

export const deliveries: Columns<rows.DeliveryRow> = {
  hookId: 'integer',
  guid: 'text',
  event: 'text',
  action: 'text',
  repositoryId: 'integer',
  installationId: 'integer',
  payload: 'text',
  state: 'text',
  attempts: 'integer',
  nextAt: 'integer',
  held: 'boolean',
  redelivery: 'boolean',
  statusCode: 'integer',
  durationMs: 'integer',
  error: 'text',
  createdAt: 'text',
  deliveredAt: 'text',
};

export const apps: Columns<rows.AppRow> = {
  slug: 'text',
  name: 'text',
  ownerId: 'integer',
  botId: 'integer',
  publicKey: 'text',
  permissions: 'json',
  events: 'json',
  createdAt: 'text',
};

export const installations: Columns<rows.InstallationRow> = {
  appId: 'integer',
  accountId: 'integer',
  repositoryIds: 'json',
  createdAt: 'text',
  updatedAt: 'text',
};

export const tokens: Columns<rows.TokenRow> = {
  hash: 'text',
  userId: 'integer',
  installationId: 'integer',
  expiresAt: 'text',
  repositoryIds: 'json',
  permissions: 'json',
};
