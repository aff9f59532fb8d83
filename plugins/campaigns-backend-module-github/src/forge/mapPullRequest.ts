import { PullRequest } from '@skein/plugin-campaigns-common';

/** A pull request as {@link pullRequestQuery} asks for it; GitHub gives null where it knows nothing. */
export interface GraphqlPullRequest {
  number: number;
  url: string;
  title: string;
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  isDraft: boolean;
  headRefName: string;
  headRefOid: string;
  baseRefName: string;
  mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  reviewDecision: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED' | null;
  createdAt: string;
  updatedAt: string;
  totalCommentsCount: number | null;
  mergedAt: string | null;
  closedAt: string | null;
  mergeCommit: { oid: string } | null;
  reviewRequests: {
    nodes: Array<{
      requestedReviewer: {
        __typename: string;
        login?: string;
        slug?: string;
      } | null;
    } | null> | null;
  } | null;
  reviews: { totalCount: number } | null;
  latestOpinionatedReviews: {
    nodes: Array<{ state: string } | null> | null;
  } | null;
  commits: {
    nodes: Array<{
      commit: {
        oid: string;
        author: {
          email: string | null;
          user: { login: string } | null;
        } | null;
        statusCheckRollup: { state: string } | null;
      };
    } | null> | null;
  };
}

/** Who we are, to tell our commits from others'. */
export interface OwnIdentity {
  login: string;
  email: string;
}

/** A pull request of a GraphQL answer. */
export function fromGraphql(
  data: GraphqlPullRequest,
  own: OwnIdentity,
  now: Date = new Date(),
): PullRequest {
  const reviewers = present(data.reviewRequests?.nodes)
    .map(each => each.requestedReviewer?.login ?? each.requestedReviewer?.slug)
    .filter((name): name is string => Boolean(name));
  const commits = present(data.commits.nodes).map(each => each.commit);
  const head = commits.find(commit => commit.oid === data.headRefOid);
  return {
    number: data.number,
    url: data.url,
    title: data.title,
    state: data.state.toLowerCase() as PullRequest['state'],
    draft: data.isDraft,
    headBranch: data.headRefName,
    headSha: data.headRefOid,
    baseBranch: data.baseRefName,
    checks: checksOf(head?.statusCheckRollup?.state),
    review: reviewOf(data, reviewers.length > 0),
    reviewers,
    mergeable: mergeableOf(data.mergeable),
    humanCommits: commits.some(
      ({ author }) =>
        author?.user?.login !== own.login && author?.email !== own.email,
    ),
    openedAt: data.createdAt,
    mergedAt: data.mergedAt ?? undefined,
    mergeCommit: data.mergeCommit?.oid,
    closedAt: data.closedAt ?? undefined,
    syncedAt: now.toISOString(),
  };
}

/**
 * What changes with each comment and review of a pull request: their numbers,
 * and the time that GitHub keeps of the last change of any kind, an edit too.
 */
export function conversationOf(data: GraphqlPullRequest): string | undefined {
  const comments = data.totalCommentsCount ?? 0;
  const reviews = data.reviews?.totalCount ?? 0;
  return comments + reviews === 0
    ? undefined
    : `${comments} ${reviews} ${data.updatedAt}`;
}

/** The part of a REST answer that is read here. */
export interface RestPullRequest {
  number: number;
  html_url: string;
  title: string;
  state: string;
  draft?: boolean;
  head: { ref: string; sha: string };
  base: { ref: string };
  created_at: string;
  merged_at?: string | null;
  closed_at?: string | null;
  merge_commit_sha?: string | null;
  requested_reviewers?: Array<{ login: string }> | null;
  requested_teams?: Array<{ slug: string }> | null;
}

/** A pull request of a REST answer, which does not tell of checks, commits and conflicts. */
export function fromRest(
  data: RestPullRequest,
  now: Date = new Date(),
): PullRequest {
  const reviewers = [
    ...(data.requested_reviewers ?? []).map(user => user.login),
    ...(data.requested_teams ?? []).map(team => team.slug),
  ];
  const ended = data.state === 'closed' ? 'closed' : 'open';
  return {
    number: data.number,
    url: data.html_url,
    title: data.title,
    state: data.merged_at ? 'merged' : ended,
    draft: data.draft ?? false,
    headBranch: data.head.ref,
    headSha: data.head.sha,
    baseBranch: data.base.ref,
    checks: 'none',
    review: reviewers.length > 0 ? 'requested' : 'none',
    reviewers,
    mergeable: 'unknown',
    humanCommits: false,
    openedAt: data.created_at,
    mergedAt: data.merged_at ?? undefined,
    mergeCommit: (data.merged_at && data.merge_commit_sha) || undefined,
    closedAt: data.closed_at ?? undefined,
    syncedAt: now.toISOString(),
  };
}

function checksOf(state: string | undefined): PullRequest['checks'] {
  switch (state) {
    case undefined:
      return 'none';
    case 'SUCCESS':
      return 'passing';
    case 'FAILURE':
    case 'ERROR':
      return 'failing';
    default:
      return 'pending';
  }
}

function mergeableOf(
  mergeable: GraphqlPullRequest['mergeable'],
): PullRequest['mergeable'] {
  if (mergeable === 'MERGEABLE') return 'clean';
  return mergeable === 'CONFLICTING' ? 'conflict' : 'unknown';
}

/** GitHub decides only where a branch asks for reviews; elsewhere the reviews themselves tell. */
function reviewOf(
  data: GraphqlPullRequest,
  requested: boolean,
): PullRequest['review'] {
  const states = present(data.latestOpinionatedReviews?.nodes).map(
    review => review.state,
  );
  if (
    data.reviewDecision === 'CHANGES_REQUESTED' ||
    states.includes('CHANGES_REQUESTED')
  ) {
    return 'changesRequested';
  }
  if (data.reviewDecision === 'APPROVED') return 'approved';
  if (data.reviewDecision === null && states.includes('APPROVED')) {
    return 'approved';
  }
  return requested ? 'requested' : 'none';
}

function present<T>(nodes: Array<T | null> | null | undefined): T[] {
  return (nodes ?? []).filter((node): node is T & {} => node !== null);
}
