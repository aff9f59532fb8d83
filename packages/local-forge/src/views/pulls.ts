import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import { pullStanding } from '../domain/pulls/pullStanding';
import { pullDiff } from '../domain/pulls/pullDiff';
import { IssueRow, PullRow, RepositoryRow } from '../store/rows';
import { authorAssociation, labelsOf, presentLabel } from './issues';
import {
  presentRepository,
  repositoryApi,
  repositoryPage,
} from './repositories';
import { Json, presentTeam, presentUser } from './users';

/** A pull request with the rows it is made of. */
export interface PullContext {
  repository: RepositoryRow;
  issue: IssueRow;
  pull: PullRow;
}

/** The form that lists and webhooks share; nothing in it needs git. */
export function presentPullSummary(forge: Forge, context: PullContext): Json {
  const { repository, issue, pull } = context;
  const { store } = forge;
  const api = repositoryApi(forge, repository, `/pulls/${pull.number}`);
  const issueApi = repositoryApi(forge, repository, `/issues/${pull.number}`);
  const page = repositoryPage(forge, repository, `/pull/${pull.number}`);
  const statuses = repositoryApi(
    forge,
    repository,
    `/statuses/${pull.headSha}`,
  );
  const owner = store.accounts.require(repository.ownerId);
  const requests = store.reviewRequests.find({ pullId: pull.id });
  const assignees = store.assignees
    .find({ issueId: issue.id })
    .map(row => presentUser(forge, store.accounts.require(row.userId)));
  const side = (ref: string, sha: string) => ({
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: presentUser(forge, owner),
    repo: {
      ...presentRepository(forge, repository),
      allow_squash_merge: repository.allowSquashMerge,
      allow_merge_commit: repository.allowMergeCommit,
      allow_rebase_merge: repository.allowRebaseMerge,
      delete_branch_on_merge: repository.deleteBranchOnMerge,
    },
  });
  return {
    url: api,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issueApi,
    number: pull.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: presentUser(forge, store.accounts.require(issue.authorId)),
    body: issue.body ?? null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt ?? null,
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommitSha ?? null,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: requests
      .filter(request => request.userId !== undefined)
      .map(request =>
        presentUser(forge, store.accounts.require(request.userId!)),
      ),
    requested_teams: requests
      .filter(request => request.teamId !== undefined)
      .map(request => presentTeam(forge, store.teams.require(request.teamId!))),
    labels: labelsOf(forge, issue.id).map(label =>
      presentLabel(forge, repository, label),
    ),
    milestone: null,
    draft: pull.draft,
    commits_url: `${api}/commits`,
    review_comments_url: `${api}/comments`,
    review_comment_url: repositoryApi(
      forge,
      repository,
      '/pulls/comments{/number}',
    ),
    comments_url: `${issueApi}/comments`,
    statuses_url: statuses,
    head: side(pull.headRef, pull.headSha),
    base: side(pull.baseRef, pull.baseSha),
    _links: {
      self: { href: api },
      html: { href: page },
      issue: { href: issueApi },
      comments: { href: `${issueApi}/comments` },
      review_comments: { href: `${api}/comments` },
      review_comment: {
        href: repositoryApi(forge, repository, '/pulls/comments{/number}'),
      },
      commits: { href: `${api}/commits` },
      statuses: { href: statuses },
    },
    author_association: authorAssociation(forge, repository, issue.authorId),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** The whole pull request, with what git says of it. */
export async function presentPull(
  forge: Forge,
  context: PullContext,
): Promise<Json> {
  const { repository, issue, pull } = context;
  const { store } = forge;
  const [standing, diff] = await Promise.all([
    pullStanding(forge, repository, issue, pull),
    pullDiff(forge, repository, pull),
  ]);
  const merger =
    pull.mergedById === undefined
      ? undefined
      : store.accounts.require(pull.mergedById);
  const sum = (pick: 'additions' | 'deletions') =>
    diff.files.reduce((total, file) => total + file[pick], 0);
  return {
    ...presentPullSummary(forge, context),
    merged: pull.merged,
    mergeable: standing.mergeable ?? null,
    rebaseable: standing.mergeable ?? null,
    mergeable_state: standing.state,
    merged_by: merger ? presentUser(forge, merger) : null,
    comments: store.comments.count({ issueId: issue.id }),
    review_comments: store.reviewComments.count({ pullId: pull.id }),
    maintainer_can_modify: false,
    commits: diff.commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: diff.files.length,
  };
}
