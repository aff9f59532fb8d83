import { parse } from 'graphql';
import { Octokit } from 'octokit';
import { GraphqlPullRequest } from './mapPullRequest';
import { queryPullRequests } from './queryPullRequests';

const own = { login: 'skein[bot]', email: 'skein[bot]@users.noreply.x' };

function pullRequest(number: number): GraphqlPullRequest {
  return {
    number,
    url: `https://github.com/acme/warehouse/pull/${number}`,
    title: 'Title',
    state: 'OPEN',
    isDraft: false,
    headRefName: 'skein/a/root',
    headRefOid: 'abc',
    baseRefName: 'main',
    mergeable: 'UNKNOWN',
    reviewDecision: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-02T00:00:00Z',
    totalCommentsCount: number > 1 ? number : 0,
    mergedAt: null,
    closedAt: null,
    mergeCommit: null,
    reviewRequests: null,
    reviews: { totalCount: 0 },
    latestOpinionatedReviews: null,
    commits: {
      nodes: [
        {
          commit: {
            oid: 'abc',
            author: { email: own.email, user: null },
            statusCheckRollup: null,
          },
        },
      ],
    },
  };
}

const requests = Array.from({ length: 12 }, (_, index) => ({
  repository: {
    host: 'github.com',
    owner: 'acme',
    name: index % 2 ? 'lake' : 'Warehouse',
  },
  number: index + 1,
}));

/** Answers a query as GitHub does: by its names and variables. */
function answer(query: string, variables: Record<string, string | number>) {
  const [operation] = parse(query).definitions as any[];
  return Object.fromEntries(
    operation.selectionSet.selections.map((repository: any) => [
      repository.alias.value,
      Object.fromEntries(
        repository.selectionSet.selections.map((each: any) => [
          each.alias.value,
          pullRequest(Number(variables[each.arguments[0].value.name.value])),
        ]),
      ),
    ]),
  );
}

function octokit(graphql: jest.Mock): Octokit {
  return { graphql } as unknown as Octokit;
}

describe('queryPullRequests', () => {
  it('asks once, and puts nothing that others chose into the text', async () => {
    const graphql = jest.fn(async (query, variables) =>
      answer(query, variables),
    );
    const answers = await queryPullRequests(octokit(graphql), requests, own);
    expect(graphql).toHaveBeenCalledTimes(1);
    expect(graphql.mock.calls[0][0]).not.toMatch(/acme|lake|Warehouse/);
    expect(answers.map(each => [each.number, each.pullRequest.number])).toEqual(
      requests.map(each => [each.number, each.number]),
    );
    expect(answers.slice(0, 2).map(each => each.conversation)).toEqual([
      undefined,
      '2 0 2026-01-02T00:00:00Z',
    ]);
    expect(answers[0].pullRequest).toMatchObject({
      state: 'open',
      checks: 'none',
      review: 'none',
      mergeable: 'unknown',
      humanCommits: false,
    });
  });

  it('halves a query that takes GitHub too long', async () => {
    const graphql = jest.fn(async (query, variables) => {
      const count = (query.match(/PullRequestFields \}/g) ?? []).length;
      if (count > 6) {
        throw Object.assign(new Error('Bad gateway'), { status: 502 });
      }
      return answer(query, variables);
    });
    const answers = await queryPullRequests(octokit(graphql), requests, own);
    expect(answers.map(each => each.number)).toEqual(
      requests.map(each => each.number),
    );
    expect(graphql).toHaveBeenCalledTimes(3);
  });

  it('takes what there is where others are gone', async () => {
    const graphql = jest.fn(async (query, variables) => {
      const data = answer(query, variables) as any;
      data.r1 = null;
      data.r0.p2 = null;
      throw Object.assign(new Error('Could not resolve'), {
        data,
        errors: [{ type: 'NOT_FOUND' }],
      });
    });
    const answers = await queryPullRequests(octokit(graphql), requests, own);
    expect(answers.map(each => each.number)).toEqual([1, 5, 7, 9, 11]);
  });

  it('takes no half answer for the whole where it was limited', async () => {
    const graphql = jest.fn(async () => {
      throw Object.assign(new Error('API rate limit exceeded'), {
        data: { r0: null },
        errors: [{ type: 'RATE_LIMITED' }],
        headers: {},
      });
    });
    await expect(
      queryPullRequests(octokit(graphql), requests, own),
    ).rejects.toMatchObject({ name: 'ForgeRateLimitError' });
  });
});
