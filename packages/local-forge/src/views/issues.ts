import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import {
  CommentRow,
  IssueRow,
  LabelRow,
  PullRow,
  RepositoryRow,
} from '../store/rows';
import { repositoryApi, repositoryPage } from './repositories';
import { Json, presentUser } from './users';

export function presentLabel(
  forge: Forge,
  repository: RepositoryRow,
  label: LabelRow,
): Json {
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: repositoryApi(
      forge,
      repository,
      `/labels/${encodeURIComponent(label.name)}`,
    ),
    name: label.name,
    color: label.color,
    default: false,
    description: label.description ?? null,
  };
}

export function labelsOf(forge: Forge, issueId: number): LabelRow[] {
  return forge.store.labels.select(
    'SELECT l.* FROM labels l JOIN issueLabels i ON i.labelId = l.id WHERE i.issueId = ? ORDER BY i.id',
    [issueId],
  );
}

/** GitHub's word for what the author is to the repository. */
export function authorAssociation(
  forge: Forge,
  repository: RepositoryRow,
  accountId: number,
): string {
  if (repository.ownerId === accountId) {
    return 'OWNER';
  }
  const member = forge.store.memberships.findOne({
    organizationId: repository.ownerId,
    userId: accountId,
  });
  return member ? 'MEMBER' : 'NONE';
}

export function reactions(url: string): Json {
  return {
    url: `${url}/reactions`,
    total_count: 0,
    '+1': 0,
    '-1': 0,
    laugh: 0,
    hooray: 0,
    confused: 0,
    heart: 0,
    rocket: 0,
    eyes: 0,
  };
}

export function presentIssue(
  forge: Forge,
  repository: RepositoryRow,
  issue: IssueRow,
  pull?: PullRow,
): Json {
  const api = repositoryApi(forge, repository, `/issues/${issue.number}`);
  const page = repositoryPage(
    forge,
    repository,
    `/${issue.isPull ? 'pull' : 'issues'}/${issue.number}`,
  );
  const { store } = forge;
  const assignees = store.assignees
    .find({ issueId: issue.id })
    .map(row => presentUser(forge, store.accounts.require(row.userId)));
  return {
    id: issue.id,
    node_id: issue.isPull
      ? nodeId('PullRequest', pull?.id ?? issue.id)
      : nodeId('Issue', issue.id),
    url: api,
    repository_url: repositoryApi(forge, repository),
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    timeline_url: `${api}/timeline`,
    html_url: page,
    number: issue.number,
    title: issue.title,
    user: presentUser(forge, store.accounts.require(issue.authorId)),
    labels: labelsOf(forge, issue.id).map(label =>
      presentLabel(forge, repository, label),
    ),
    state: issue.state,
    locked: false,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: store.comments.count({ issueId: issue.id }),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt ?? null,
    author_association: authorAssociation(forge, repository, issue.authorId),
    active_lock_reason: null,
    body: issue.body ?? null,
    reactions: reactions(api),
    performed_via_github_app: null,
    state_reason: null,
    ...(pull && {
      draft: pull.draft,
      pull_request: {
        url: repositoryApi(forge, repository, `/pulls/${issue.number}`),
        html_url: page,
        diff_url: `${page}.diff`,
        patch_url: `${page}.patch`,
        merged_at: pull.mergedAt ?? null,
      },
    }),
  };
}

export function presentComment(
  forge: Forge,
  repository: RepositoryRow,
  issue: IssueRow,
  comment: CommentRow,
): Json {
  const api = repositoryApi(
    forge,
    repository,
    `/issues/comments/${comment.id}`,
  );
  return {
    url: api,
    html_url: `${repositoryPage(
      forge,
      repository,
      `/${issue.isPull ? 'pull' : 'issues'}/${issue.number}`,
    )}#issuecomment-${comment.id}`,
    issue_url: repositoryApi(forge, repository, `/issues/${issue.number}`),
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: presentUser(forge, forge.store.accounts.require(comment.authorId)),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(forge, repository, comment.authorId),
    body: comment.body,
    reactions: reactions(api),
    performed_via_github_app: null,
  };
}
