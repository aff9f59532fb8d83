import type { Forge } from '../domain/Forge';
import { nodeId } from '../domain/nodeId';
import { ReviewCommentRow, ReviewRow } from '../store/rows';
import { authorAssociation, reactions } from './issues';
import { PullContext } from './pulls';
import { repositoryApi, repositoryPage } from './repositories';
import { Json, presentUser } from './users';

export function presentReview(
  forge: Forge,
  { repository, pull }: PullContext,
  review: ReviewRow,
): Json {
  const api = repositoryApi(forge, repository, `/pulls/${pull.number}`);
  const page = `${repositoryPage(
    forge,
    repository,
    `/pull/${pull.number}`,
  )}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: presentUser(forge, forge.store.accounts.require(review.authorId)),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: api,
    author_association: authorAssociation(forge, repository, review.authorId),
    _links: { html: { href: page }, pull_request: { href: api } },
    ...(review.submittedAt && { submitted_at: review.submittedAt }),
    commit_id: review.commitId,
  };
}

export function presentReviewComment(
  forge: Forge,
  { repository, pull }: PullContext,
  comment: ReviewCommentRow,
): Json {
  const api = repositoryApi(forge, repository, `/pulls/comments/${comment.id}`);
  const pullApi = repositoryApi(forge, repository, `/pulls/${pull.number}`);
  const page = `${repositoryPage(
    forge,
    repository,
    `/pull/${pull.number}`,
  )}#discussion_r${comment.id}`;
  return {
    url: api,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    position: comment.line ?? 1,
    original_position: comment.line ?? 1,
    commit_id: comment.commitId,
    original_commit_id: comment.commitId,
    user: presentUser(forge, forge.store.accounts.require(comment.authorId)),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: page,
    pull_request_url: pullApi,
    author_association: authorAssociation(forge, repository, comment.authorId),
    reactions: reactions(api),
    _links: {
      self: { href: api },
      html: { href: page },
      pull_request: { href: pullApi },
    },
    start_line: comment.startLine ?? null,
    original_start_line: comment.startLine ?? null,
    start_side: comment.startSide ?? null,
    ...(comment.line !== undefined && {
      line: comment.line,
      original_line: comment.line,
    }),
    side: comment.side,
    ...(comment.inReplyToId !== undefined && {
      in_reply_to_id: comment.inReplyToId,
    }),
    subject_type: comment.line === undefined ? 'file' : 'line',
  };
}
