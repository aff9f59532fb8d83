import { AccountRow, ReviewCommentRow } from '../../store/rows';
import { presentPullSummary, PullContext } from '../../views/pulls';
import { presentReviewComment } from '../../views/reviews';
import { emit } from '../emit';
import type { Forge } from '../Forge';
import { checkBody } from './createPull';

/** Answers a comment on a line, in its thread. */
export async function replyToComment(
  forge: Forge,
  author: AccountRow,
  context: PullContext,
  parent: ReviewCommentRow,
  body: string,
): Promise<ReviewCommentRow> {
  checkBody('PullRequestReviewComment', body);
  const { id, ...rest } = parent;
  const now = forge.now();
  const reply = forge.store.reviewComments.insert({
    ...rest,
    authorId: author.id,
    body,
    inReplyToId: parent.inReplyToId ?? id,
    createdAt: now,
    updatedAt: now,
  });
  forge.store.issues.update(context.issue.id, { updatedAt: now });
  await announceReviewComment(forge, author, context, reply, 'created');
  return reply;
}

export async function editComment(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  comment: ReviewCommentRow,
  body: string,
): Promise<ReviewCommentRow> {
  checkBody('PullRequestReviewComment', body);
  const now = forge.now();
  const changed = forge.store.reviewComments.update(comment.id, {
    body,
    updatedAt: now,
  });
  forge.store.issues.update(context.issue.id, { updatedAt: now });
  await announceReviewComment(forge, actor, context, changed, 'edited', {
    body: { from: comment.body },
  });
  return changed;
}

export async function deleteComment(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  comment: ReviewCommentRow,
): Promise<void> {
  forge.store.reviewComments.delete({ id: comment.id });
  await announceReviewComment(forge, actor, context, comment, 'deleted');
}

export async function announceReviewComment(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  comment: ReviewCommentRow,
  action: 'created' | 'edited' | 'deleted',
  changes?: Record<string, unknown>,
): Promise<void> {
  const event = 'pull_request_review_comment';
  await emit(forge, context.repository, actor, event, () => ({
    action,
    ...(changes && { changes }),
    comment: presentReviewComment(forge, context, comment),
    pull_request: presentPullSummary(forge, context),
  }));
}
