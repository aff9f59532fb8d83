import { AccountRow, ReviewRow, ReviewState } from '../../store/rows';
import { PullContext } from '../../views/pulls';
import { presentReview } from '../../views/reviews';
import { presentTeam, presentUser } from '../../views/users';
import { presentPullSummary } from '../../views/pulls';
import { accessTo } from '../access';
import { ApiError, validationFailed } from '../ApiError';
import { emit } from '../emit';
import type { Forge } from '../Forge';
import { checkBody } from './createPull';
import { emitPull } from './emitPull';

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
    await announceReview(forge, author, context, review, 'submitted');
  }
  return review;
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
  await announceReview(forge, author, context, row, 'submitted');
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
): Promise<void> {
  await emit(forge, context.repository, actor, 'pull_request_review', () => ({
    action,
    review: {
      ...presentReview(forge, context, review),
      // Webhooks write the state in small letters, unlike the API.
      state: review.state.toLowerCase(),
      submitted_at: review.submittedAt ?? null,
    },
    pull_request: presentPullSummary(forge, context),
  }));
}

/**
 * Asks people and teams for a review.
 *
 * @throws ApiError 422 for the author, and for anyone without access
 */
export async function requestReviewers(
  forge: Forge,
  actor: AccountRow,
  context: PullContext,
  logins: string[],
  slugs: string[],
): Promise<void> {
  const { repository, issue, pull } = context;
  const { store } = forge;
  const outsiders = () =>
    new ApiError(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${
        store.accounts.require(repository.ownerId).login
      }/${repository.name} repository.`,
    );
  const users = logins.map(login => {
    const account = store.account(login);
    if (account?.id === issue.authorId) {
      throw new ApiError(
        422,
        'Review cannot be requested from pull request author.',
      );
    }
    const member =
      account?.type === 'User' &&
      ['write', 'admin'].includes(
        accessTo(store, { kind: 'user', account }, repository),
      );
    if (!account || !member) {
      throw outsiders();
    }
    return account;
  });
  const teams = slugs.map(slug => {
    const team = store.teams.findOne({
      organizationId: repository.ownerId,
      slug,
    });
    if (!team) {
      throw outsiders();
    }
    return team;
  });
  if (users.length + teams.length === 0) {
    throw validationFailed({
      resource: 'PullRequest',
      field: 'reviewers',
      code: 'missing_field',
    });
  }
  for (const user of users) {
    const wanted = { pullId: pull.id, userId: user.id };
    if (!store.reviewRequests.findOne(wanted)) {
      store.reviewRequests.insert(wanted);
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_requested',
        {
          requested_reviewer: presentUser(forge, user),
        },
      );
    }
  }
  for (const team of teams) {
    const wanted = { pullId: pull.id, teamId: team.id };
    if (!store.reviewRequests.findOne(wanted)) {
      store.reviewRequests.insert(wanted);
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_requested',
        {
          requested_team: presentTeam(forge, team),
        },
      );
    }
  }
}

export async function removeReviewers(
  forge: Forge,
  actor: AccountRow,
  { repository, pull }: PullContext,
  logins: string[],
  slugs: string[],
): Promise<void> {
  const { store } = forge;
  for (const login of logins) {
    const account = store.account(login);
    if (
      account &&
      store.reviewRequests.delete({ pullId: pull.id, userId: account.id })
    ) {
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_request_removed',
        { requested_reviewer: presentUser(forge, account) },
      );
    }
  }
  for (const slug of slugs) {
    const team = store.teams.findOne({
      organizationId: repository.ownerId,
      slug,
    });
    if (
      team &&
      store.reviewRequests.delete({ pullId: pull.id, teamId: team.id })
    ) {
      await emitPull(
        forge,
        repository,
        actor,
        pull.number,
        'review_request_removed',
        { requested_team: presentTeam(forge, team) },
      );
    }
  }
}
