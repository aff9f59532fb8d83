import { PullRequest } from '@skein/plugin-campaigns-common';
import { toIso } from '../../clock';
import { PullRequestRow } from './tables';

/** The API's view of a stored pull request. */
export function toPullRequest(row: PullRequestRow): PullRequest {
  return {
    number: row.number,
    url: row.url,
    title: row.title,
    state: row.state,
    draft: Boolean(row.draft),
    headBranch: row.head_branch,
    headSha: row.head_sha,
    baseBranch: row.base_branch,
    checks: row.checks,
    review: row.review,
    reviewers: JSON.parse(row.reviewers),
    mergeable: row.mergeable,
    humanCommits: Boolean(row.human_commits),
    openedAt: toIso(row.opened_at)!,
    mergedAt: toIso(row.merged_at),
    mergeCommit: row.merge_commit ?? undefined,
    closedAt: toIso(row.closed_at),
    syncedAt: toIso(row.synced_at)!,
  };
}

/** The columns that a pull request fills, but for the times of the sync itself. */
export function toColumns(pullRequest: PullRequest) {
  return {
    number: pullRequest.number,
    url: pullRequest.url,
    title: pullRequest.title,
    state: pullRequest.state,
    draft: pullRequest.draft,
    head_branch: pullRequest.headBranch,
    head_sha: pullRequest.headSha,
    base_branch: pullRequest.baseBranch,
    checks: pullRequest.checks,
    review: pullRequest.review,
    reviewers: JSON.stringify(pullRequest.reviewers),
    mergeable: pullRequest.mergeable,
    human_commits: pullRequest.humanCommits,
    opened_at: Date.parse(pullRequest.openedAt),
    merged_at: toTime(pullRequest.mergedAt),
    merge_commit: pullRequest.mergeCommit ?? null,
    closed_at: toTime(pullRequest.closedAt),
  };
}

function toTime(iso: string | undefined): number | null {
  return iso === undefined ? null : Date.parse(iso);
}
