import { AccountRow, ReviewRow, ReviewState } from '../../store/rows';
import { PullContext } from '../../views/pulls';
import { presentReview } from '../../views/reviews';
import { presentPullSummary } from '../../views/pulls';
import { ApiError } from '../ApiError';
import { emit } from '../emit';
import type { Forge } from '../Forge';
import { checkBody } from './createPull';
import { announceReviewComment } from './reviewComments';

export interface NewReviewComment {
  path: string;
  body: string;
  line?: number;
  side?: 'LEFT' | 'RIGHT';
  startLine?: number;
  startSide?: 'LEFT' | 'RIGHT';
}

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const stateOf: Record<ReviewEvent, ReviewState> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** Adds a review; without an event it stays pending until it is submitted. */
export async function createReview(
  forge: Forge,
  author: AccountRow,
  context: PullContext,
  request: {
    event?: ReviewEvent;
    body?: string;
    commitId?: string;
    comments?: NewReviewComment[];
  },
): Promise<ReviewRow> {
  const { repository, issue, pull } = context;
  const { store } = forge;
  checkBody('PullRequestReview', request.body);
  checkVerdict(context, author, request.event);
  if (request.event === 'REQUEST_CHANGES' && !request.body) {
    throw new ApiError(422, 'Unprocessable Entity', [
      'You need to leave a comment indicating the requested changes.',
    ]);
  }
  const now = forge.now();
  const state = request.event ? stateOf[request.event] : 'PENDING';
  const files = await forge
    .git(repository)
    .diffFiles(
      (await forge.git(repository).mergeBase(pull.baseSha, pull.headSha)) ??
        pull.baseSha,
      pull.headSha,
    );
  for (const comment of request.comments ?? []) {
    checkBody('PullRequestReviewComment', comment.body);
    if (!files.some(file => file.path === comment.path)) {
      throw new ApiError(422, 'Unprocessable Entity', [
        'Pull request review thread path is invalid',
      ]);
    }
  }
  const review = store.transaction(() => {
    const row = store.reviews.insert({
      pullId: pull.id,
      authorId: author.id,
      state,
      body: request.body ?? '',
      commitId: request.commitId ?? pull.headSha,
      submittedAt: request.event ? now : undefined,
    });
    for (const comment of request.comments ?? []) {
      const patch = files.find(file => file.path === comment.path)?.patch ?? '';
      store.reviewComments.insert({
        pullId: pull.id,
        reviewId: row.id,
        authorId: author.id,
        body: comment.body,
        path: comment.path,
        commitId: row.commitId,
        line: comment.line,
        side: comment.side ?? 'RIGHT',
        startLine: comment.startLine,
        startSide: comment.startSide,
        diffHunk: patch.split('\n').slice(0, 12).join('\n'),
        createdAt: now,
        updatedAt: now,
      });
    }
    store.issues.update(issue.id, { updatedAt: now });
    if (request.event) {
      store.reviewRequests.delete({ pullId: pull.id, userId: author.id });
    }
    return row;
  });
  if (request.event) {
    await announceSubmission(forge, author, context, review);
  }
  return review;
}

/** GitHub tells of a review, and of each comment in it. */
async function announceSubmission(
  forge: Forge,
  author: AccountRow,
  context: PullContext,
  review: ReviewRow,
): Promise<void> {
  await announceReview(forge, author, context, review, 'submitted');
  const comments = forge.store.reviewComments.find({ reviewId: review.id });
  for (const comment of comments) {
    await announceReviewComment(forge, author, context, comment, 'created');
  }
}

function checkVerdict(
  { issue }: PullContext,
  author: AccountRow,
  event: ReviewEvent | undefined,
): void {
  if (issue.authorId !== author.id || !event || event === 'COMMENT') {
    return;
  }
  throw new ApiError(422, 'Unprocessable Entity', [
    event === 'APPROVE'
      ? 'Can not approve your own pull request'
      : 'Can not request changes on your own pull request',
  ]);
}

/** @throws ApiError 422 when the review is not pending */
export async function submitReview(
  forge: Forge,
  author: AccountRow,
  context: PullContext,
  review: ReviewRow,
  event: ReviewEvent,
  body: string | undefined,
): Promise<ReviewRow> {
  if (review.state !== 'PENDING') {
    throw new ApiError(422, 'Unprocessable Entity', [
      'Can not submit a review that is not pending',
    ]);
  }
  checkVerdict(context, author, event);
  const row = forge.store.reviews.update(review.id, {
    state: stateOf[event],
    body: body ?? review.body,
    submittedAt: forge.now(),
  });
  forge.store.reviewRequests.delete({
    pullId: context.pull.id,
    userId: author.id,
  });
  await announceSubmission(forge, author, context, row);
  return row;
}

/** Changes what a review says. */
export async function editReview(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  review: ReviewRow,
  body: string,
): Promise<ReviewRow> {
  checkBody('PullRequestReview', body);
  const now = forge.now();
  const row = forge.store.reviews.update(review.id, { body, updatedAt: now });
  forge.store.issues.update(context.issue.id, { updatedAt: now });
  await announceReview(forge, actor, context, row, 'edited', {
    body: { from: review.body },
  });
  return row;
}

/** @throws ApiError 422 unless the review says yes or no */
export async function dismissReview(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  review: ReviewRow,
): Promise<ReviewRow> {
  if (!['APPROVED', 'CHANGES_REQUESTED'].includes(review.state)) {
    throw new ApiError(422, 'Unprocessable Entity', [
      'Can not dismiss a commented pull request review',
    ]);
  }
  const row = forge.store.reviews.update(review.id, { state: 'DISMISSED' });
  await announceReview(forge, actor, context, row, 'dismissed');
  return row;
}

async function announceReview(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  review: ReviewRow,
  action: string,
  changes?: Record<string, unknown>,
): Promise<void> {
  await emit(forge, context.repository, actor, 'pull_request_review', () => ({
    action,
    ...(changes && { changes }),
    review: {
      ...presentReview(forge, context, review),
      // Webhooks write the state in small letters, unlike the API.
      state: review.state.toLowerCase(),
      submitted_at: review.submittedAt ?? null,
    },
    pull_request: presentPullSummary(forge, context),
  }));
}
