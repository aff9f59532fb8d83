import { notFound, validationFailed } from '../../domain/ApiError';
import {
  createReview,
  dismissReview,
  editReview,
  NewReviewComment,
  submitReview,
} from '../../domain/pulls/reviews';
import {
  deleteComment,
  editComment,
  replyToComment,
} from '../../domain/pulls/reviewComments';
import {
  removeReviewers,
  requestReviewers,
} from '../../domain/pulls/reviewers';
import { findPull } from '../../domain/pulls/emitPull';
import { ReviewCommentRow, ReviewRow } from '../../store/rows';
import { PullContext, presentPullSummary } from '../../views/pulls';
import { presentReview, presentReviewComment } from '../../views/reviews';
import { presentTeam, presentUser } from '../../views/users';
import {
  objectList,
  optionalInteger,
  optionalText,
  optionalWord,
  requiredText,
  textList,
} from '../fields';
import { pageReply } from '../paginate';
import { ApiRequest, Routes } from '../Routes';
import { pullOf } from './pulls';

const base = '/repos/:owner/:repo/pulls/:number(\\d+)';
const lineComment = '/repos/:owner/:repo/pulls/comments/:comment(\\d+)';
const events = ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'] as const;
const sides = ['LEFT', 'RIGHT'] as const;

function reviewOf(request: ApiRequest, { pull }: PullContext): ReviewRow {
  const review = request.forge.store.reviews.get(request.number('review'));
  if (!review || review.pullId !== pull.id) {
    throw notFound();
  }
  return review;
}

function commentFrom(body: Record<string, unknown>): NewReviewComment {
  return {
    path: requiredText(body, 'path'),
    body: requiredText(body, 'body'),
    line: optionalInteger(body, 'line') ?? optionalInteger(body, 'position'),
    side: optionalWord(body, 'side', sides),
    startLine: optionalInteger(body, 'start_line'),
    startSide: optionalWord(body, 'start_side', sides),
  };
}

function commentOf(
  request: ApiRequest,
  level: 'read' | 'write' = 'read',
): { context: PullContext; comment: ReviewCommentRow } {
  const { store } = request.forge;
  const repository = request.repository('pull_requests', level);
  const comment = store.reviewComments.get(request.number('comment'));
  const pull = comment && store.pulls.require(comment.pullId);
  const context =
    pull?.repositoryId === repository.id
      ? findPull(request.forge, repository, pull.number)
      : undefined;
  if (!comment || !context) {
    throw notFound();
  }
  return { context, comment };
}

/** Reviews, comments on lines, and who is asked to review. */
export function reviewRoutes(routes: Routes): void {
  routes.on('GET', `${base}/reviews`, request => {
    const context = pullOf(request);
    const { forge, actor } = request;
    const mine =
      actor.kind === 'user' || actor.kind === 'installation'
        ? actor.account.id
        : undefined;
    return pageReply(
      request,
      forge.store.reviews
        .find({ pullId: context.pull.id })
        .filter(
          ({ state, authorId }) => state !== 'PENDING' || authorId === mine,
        ),
      review => presentReview(forge, context, review),
    );
  });

  routes.on('POST', `${base}/reviews`, async request => {
    const context = pullOf(request, 'write');
    const { forge, body } = request;
    const review = await createReview(forge, request.account(), context, {
      event: optionalWord(body, 'event', events),
      body: optionalText(body, 'body'),
      commitId: optionalText(body, 'commit_id'),
      comments: objectList(body, 'comments').map(commentFrom),
    });
    return { json: presentReview(forge, context, review) };
  });

  routes.on('GET', `${base}/reviews/:review`, request => {
    const context = pullOf(request);
    return {
      json: presentReview(request.forge, context, reviewOf(request, context)),
    };
  });

  routes.on('PUT', `${base}/reviews/:review`, async request => {
    const context = pullOf(request, 'write');
    const { forge } = request;
    const review = await editReview(
      forge,
      request.account(),
      context,
      reviewOf(request, context),
      requiredText(request.body, 'body'),
    );
    return { json: presentReview(forge, context, review) };
  });

  routes.on('POST', `${base}/reviews/:review/events`, async request => {
    const context = pullOf(request, 'write');
    const { forge, body } = request;
    const event = optionalWord(body, 'event', events);
    if (!event) {
      requiredText(body, 'event');
    }
    const review = await submitReview(
      forge,
      request.account(),
      context,
      reviewOf(request, context),
      event ?? 'COMMENT',
      optionalText(body, 'body'),
    );
    return { json: presentReview(forge, context, review) };
  });

  routes.on('PUT', `${base}/reviews/:review/dismissals`, async request => {
    const context = pullOf(request, 'write');
    requiredText(request.body, 'message');
    const review = await dismissReview(
      request.forge,
      request.account(),
      context,
      reviewOf(request, context),
    );
    return { json: presentReview(request.forge, context, review) };
  });

  routes.on('GET', `${base}/comments`, request => {
    const context = pullOf(request);
    return pageReply(
      request,
      request.forge.store.reviewComments.find({ pullId: context.pull.id }),
      comment => presentReviewComment(request.forge, context, comment),
    );
  });

  routes.on('POST', `${base}/comments`, async request => {
    const context = pullOf(request, 'write');
    const { forge, body } = request;
    const review = await createReview(forge, request.account(), context, {
      event: 'COMMENT',
      commitId: optionalText(body, 'commit_id'),
      comments: [commentFrom(body)],
    });
    const comment = forge.store.reviewComments.findOne({
      reviewId: review.id,
    })!;
    return {
      status: 201,
      json: presentReviewComment(forge, context, comment),
    };
  });

  routes.on('GET', lineComment, request => {
    const { context, comment } = commentOf(request);
    return { json: presentReviewComment(request.forge, context, comment) };
  });

  routes.on('PATCH', lineComment, async request => {
    const { context, comment } = commentOf(request, 'write');
    const { forge } = request;
    const changed = await editComment(
      forge,
      request.account(),
      context,
      comment,
      requiredText(request.body, 'body'),
    );
    return { json: presentReviewComment(forge, context, changed) };
  });

  routes.on('DELETE', lineComment, async request => {
    const { context, comment } = commentOf(request, 'write');
    await deleteComment(request.forge, request.account(), context, comment);
    return { status: 204 };
  });

  routes.on('POST', `${base}/comments/:comment/replies`, async request => {
    const context = pullOf(request, 'write');
    const { forge } = request;
    const parent = forge.store.reviewComments.get(request.number('comment'));
    if (!parent || parent.pullId !== context.pull.id) {
      throw notFound();
    }
    const reply = await replyToComment(
      forge,
      request.account(),
      context,
      parent,
      requiredText(request.body, 'body'),
    );
    return {
      status: 201,
      json: presentReviewComment(forge, context, reply),
    };
  });

  routes.on('GET', `${base}/requested_reviewers`, request => {
    const { pull } = pullOf(request);
    const { forge } = request;
    const rows = forge.store.reviewRequests.find({ pullId: pull.id });
    return {
      json: {
        users: rows
          .flatMap(row => row.userId ?? [])
          .map(id => presentUser(forge, forge.store.accounts.require(id))),
        teams: rows
          .flatMap(row => row.teamId ?? [])
          .map(id => presentTeam(forge, forge.store.teams.require(id))),
      },
    };
  });

  routes.on('POST', `${base}/requested_reviewers`, async request => {
    const context = pullOf(request, 'write');
    await requestReviewers(
      request.forge,
      request.account(),
      context,
      textList(request.body, 'reviewers'),
      textList(request.body, 'team_reviewers'),
    );
    return { status: 201, json: summary(request, context) };
  });

  routes.on('DELETE', `${base}/requested_reviewers`, async request => {
    const context = pullOf(request, 'write');
    if (request.body.reviewers === undefined) {
      throw validationFailed({
        resource: 'PullRequest',
        field: 'reviewers',
        code: 'missing_field',
      });
    }
    await removeReviewers(
      request.forge,
      request.account(),
      context,
      textList(request.body, 'reviewers'),
      textList(request.body, 'team_reviewers'),
    );
    return { json: summary(request, context) };
  });
}

function summary(request: ApiRequest, { repository, pull }: PullContext) {
  return presentPullSummary(
    request.forge,
    findPull(request.forge, repository, pull.number)!,
  );
}
