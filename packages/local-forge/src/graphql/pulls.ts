import { nodeId } from '../domain/nodeId';
import { pullDiff } from '../domain/pulls/pullDiff';
import { pullStanding } from '../domain/pulls/pullStanding';
import {
  CommentRow,
  PullRow,
  RepositoryRow,
  ReviewCommentRow,
  ReviewRow,
} from '../store/rows';
import { authorAssociation, labelsOf } from '../views/issues';
import { repositoryPage } from '../views/repositories';
import { graphAccount, graphLabel, graphTeam } from './accounts';
import { graphCommit, graphRollup } from './commits';
import { connection, PageArguments } from './connection';
import { GraphContext, GraphObject } from './GraphContext';
import { graphRef, graphRepository } from './repositories';

export function graphPull(context: GraphContext, pull: PullRow): GraphObject {
  const { forge } = context;
  const { store } = forge;
  const repository = store.repositories.require(pull.repositoryId);
  const issue = store.issues.require(pull.issueId);
  const url = repositoryPage(forge, repository, `/pull/${pull.number}`);
  const git = forge.git(repository);
  const diff = () => pullDiff(forge, repository, pull);
  const standing = () => pullStanding(forge, repository, issue, pull);
  const reviews = () =>
    store.reviews
      .find({ pullId: pull.id })
      .filter(({ state }) => state !== 'PENDING');
  const sum = async (pick: 'additions' | 'deletions') =>
    (await diff()).files.reduce((total, file) => total + file[pick], 0);
  const commitOf = async (sha: string | undefined) => {
    const commit = sha === undefined ? undefined : await git.commit(sha);
    return commit ? graphCommit(context, repository, commit) : null;
  };
  const refOf = (name: string) => {
    const row = store.refs.findOne({
      repositoryId: repository.id,
      name: `refs/heads/${name}`,
    });
    return row ? graphRef(context, repository, row) : null;
  };
  const openState = issue.state === 'open' ? 'OPEN' : 'CLOSED';
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    url,
    permalink: url,
    resourcePath: url.slice(forge.url.length),
    title: issue.title,
    body: issue.body ?? '',
    bodyText: issue.body ?? '',
    state: pull.merged ? 'MERGED' : openState,
    isDraft: pull.draft,
    closed: issue.state === 'closed',
    merged: pull.merged,
    mergedAt: pull.mergedAt ?? null,
    closedAt: issue.closedAt ?? null,
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    publishedAt: issue.createdAt,
    locked: false,
    isCrossRepository: false,
    maintainerCanModify: false,
    authorAssociation: authorAssociation(forge, repository, issue.authorId),
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    headRef: () => refOf(pull.headRef),
    baseRef: () => refOf(pull.baseRef),
    headRepository: () => graphRepository(context, repository),
    baseRepository: () => graphRepository(context, repository),
    repository: () => graphRepository(context, repository),
    headRepositoryOwner: () =>
      graphAccount(context, store.accounts.require(repository.ownerId)),
    author: () => graphAccount(context, store.accounts.require(issue.authorId)),
    mergedBy: () =>
      pull.mergedById === undefined || !pull.merged
        ? null
        : graphAccount(context, store.accounts.require(pull.mergedById)),
    mergeCommit: () => commitOf(pull.mergeCommitSha),
    mergeable: async () => {
      const { mergeable } = await standing();
      if (mergeable === undefined) {
        return 'UNKNOWN';
      }
      return mergeable ? 'MERGEABLE' : 'CONFLICTING';
    },
    mergeStateStatus: async () => (await standing()).state.toUpperCase(),
    reviewDecision: async () => (await standing()).reviewDecision ?? null,
    autoMergeRequest: null,
    additions: () => sum('additions'),
    deletions: () => sum('deletions'),
    changedFiles: async () => (await diff()).files.length,
    totalCommentsCount: () =>
      store.comments.count({ issueId: issue.id }) +
      store.reviewComments.count({ pullId: pull.id }),
    statusCheckRollup: () => graphRollup(context, repository, pull.headSha),
    files: async (page: PageArguments) =>
      connection(
        'PullRequestChangedFileConnection',
        (await diff()).files,
        page,
        file => ({
          path: file.path,
          additions: file.additions,
          deletions: file.deletions,
          changeType:
            file.status === 'removed' ? 'DELETED' : file.status.toUpperCase(),
        }),
      ),
    commits: async (page: PageArguments) =>
      connection(
        'PullRequestCommitConnection',
        (await diff()).commits,
        page,
        commit => ({
          __typename: 'PullRequestCommit',
          id: nodeId('Commit', `${repository.id}:${commit.sha}`),
          url: `${url}/commits/${commit.sha}`,
          commit: () => graphCommit(context, repository, commit),
        }),
      ),
    labels: (page: PageArguments) =>
      connection(
        'LabelConnection',
        labelsOf(forge, issue.id),
        page,
        graphLabel,
      ),
    assignees: (page: PageArguments) =>
      connection(
        'UserConnection',
        store.assignees.find({ issueId: issue.id }),
        page,
        row => graphAccount(context, store.accounts.require(row.userId)),
      ),
    comments: (page: PageArguments) =>
      connection(
        'IssueCommentConnection',
        store.comments.find({ issueId: issue.id }),
        page,
        comment => graphComment(context, comment),
      ),
    reviews: (page: PageArguments & { states?: string[] }) =>
      connection(
        'PullRequestReviewConnection',
        reviews().filter(
          ({ state }) => !page.states || page.states.includes(state),
        ),
        page,
        review => graphReview(context, review),
      ),
    latestReviews: (page: PageArguments) =>
      connection(
        'PullRequestReviewConnection',
        newest(reviews()),
        page,
        review => graphReview(context, review),
      ),
    latestOpinionatedReviews: (page: PageArguments) =>
      connection(
        'PullRequestReviewConnection',
        newest(reviews().filter(({ state }) => state !== 'COMMENTED')),
        page,
        review => graphReview(context, review),
      ),
    reviewRequests: (page: PageArguments) =>
      connection(
        'ReviewRequestConnection',
        store.reviewRequests.find({ pullId: pull.id }),
        page,
        request => ({
          __typename: 'ReviewRequest',
          id: `RRQ_${request.id}`,
          databaseId: request.id,
          asCodeOwner: false,
          requestedReviewer: () =>
            request.teamId === undefined
              ? graphAccount(context, store.accounts.require(request.userId!))
              : graphTeam(context, store.teams.require(request.teamId)),
        }),
      ),
  };
}

/** The last review of each person. */
function newest(reviews: ReviewRow[]): ReviewRow[] {
  return [
    ...new Map(reviews.map(review => [review.authorId, review])).values(),
  ];
}

export function graphReview(
  context: GraphContext,
  review: ReviewRow,
): GraphObject {
  const { forge } = context;
  const pull = forge.store.pulls.require(review.pullId);
  const repository = forge.store.repositories.require(pull.repositoryId);
  const url = `${repositoryPage(
    forge,
    repository,
    `/pull/${pull.number}`,
  )}#pullrequestreview-${review.id}`;
  return {
    __typename: 'PullRequestReview',
    id: nodeId('PullRequestReview', review.id),
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    bodyText: review.body,
    url,
    submittedAt: review.submittedAt ?? null,
    createdAt: review.submittedAt ?? forge.now(),
    updatedAt: review.updatedAt ?? review.submittedAt ?? forge.now(),
    authorAssociation: authorAssociation(forge, repository, review.authorId),
    authorCanPushToRepository: true,
    author: () =>
      graphAccount(context, forge.store.accounts.require(review.authorId)),
    pullRequest: () => graphPull(context, pull),
    commit: async () => {
      const commit = await forge.git(repository).commit(review.commitId);
      return commit ? graphCommit(context, repository, commit) : null;
    },
    comments: (page: PageArguments) =>
      connection(
        'PullRequestReviewCommentConnection',
        forge.store.reviewComments.find({ reviewId: review.id }),
        page,
        comment => graphReviewComment(context, pull, comment),
      ),
  };
}

/** What comments of all kinds have alike. */
function graphWords(
  context: GraphContext,
  repository: RepositoryRow,
  comment: CommentRow | ReviewCommentRow,
): Omit<GraphObject, '__typename'> {
  const { forge } = context;
  return {
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    isMinimized: false,
    authorAssociation: authorAssociation(forge, repository, comment.authorId),
    author: () =>
      graphAccount(context, forge.store.accounts.require(comment.authorId)),
  };
}

function graphReviewComment(
  context: GraphContext,
  pull: PullRow,
  comment: ReviewCommentRow,
): GraphObject {
  const { forge } = context;
  const repository = forge.store.repositories.require(pull.repositoryId);
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('PullRequestReviewComment', comment.id),
    ...graphWords(context, repository, comment),
    url: `${repositoryPage(
      forge,
      repository,
      `/pull/${pull.number}`,
    )}#discussion_r${comment.id}`,
    path: comment.path,
    line: comment.line ?? null,
    originalLine: comment.line ?? null,
    diffHunk: comment.diffHunk,
  };
}

export function graphComment(
  context: GraphContext,
  comment: CommentRow,
): GraphObject {
  const { forge } = context;
  const repository = forge.store.repositories.require(comment.repositoryId);
  const issue = forge.store.issues.require(comment.issueId);
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', comment.id),
    ...graphWords(context, repository, comment),
    url: `${repositoryPage(
      forge,
      repository,
      `/pull/${issue.number}`,
    )}#issuecomment-${comment.id}`,
  };
}
