import { PullRequest, RepositoryRef } from '@skein/plugin-campaigns-common';
import { Octokit } from 'octokit';
import { mapForgeError } from './mapForgeError';
import { fromGraphql, GraphqlPullRequest, OwnIdentity } from './mapPullRequest';
import { pullRequestQuery } from './pullRequestQuery';

/** One pull request to ask for. */
export interface PullRequestRequest {
  repository: RepositoryRef;
  number: number;
}

type Answer = Record<string, Record<string, GraphqlPullRequest | null> | null>;

/** Below this a query that GitHub could not answer in time is not made smaller. */
const SMALLEST_BATCH = 5;

/**
 * Asks for many pull requests at once. Those that the forge does not show are
 * absent from the answer. A query that takes GitHub too long is halved.
 */
export async function queryPullRequests(
  octokit: Octokit,
  requests: PullRequestRequest[],
  own: OwnIdentity,
): Promise<Array<PullRequestRequest & { pullRequest: PullRequest }>> {
  if (requests.length === 0) return [];
  const { query, variables, names } = pullRequestQuery(requests);
  let answer: Answer;
  try {
    answer = await ask(octokit, query, variables);
  } catch (error) {
    const { status } = error as { status?: number };
    const tooMuch = status === 502 || status === 504;
    if (!tooMuch || requests.length <= SMALLEST_BATCH) {
      throw mapForgeError(error, 'Could not read pull requests');
    }
    const middle = Math.ceil(requests.length / 2);
    return [
      ...(await queryPullRequests(octokit, requests.slice(0, middle), own)),
      ...(await queryPullRequests(octokit, requests.slice(middle), own)),
    ];
  }
  return requests.flatMap((request, index) => {
    const [repository, name] = names[index];
    const data = answer[repository]?.[name];
    return data ? [{ ...request, pullRequest: fromGraphql(data, own) }] : [];
  });
}

async function ask(
  octokit: Octokit,
  query: string,
  variables: Record<string, string | number>,
): Promise<Answer> {
  try {
    return await octokit.graphql<Answer>(query, variables);
  } catch (error) {
    // A repository or pull request that is gone makes an error beside the others' data.
    const { data, errors } = error as {
      data?: Answer | null;
      errors?: Array<{ type?: string }>;
    };
    const limited = errors?.some(each => each.type === 'RATE_LIMITED');
    if (data && errors && !limited) return data;
    throw error;
  }
}
