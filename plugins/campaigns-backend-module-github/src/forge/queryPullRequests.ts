import { PullRequest } from '@skein/plugin-campaigns-common';
import { Octokit } from 'octokit';
import { askPullRequests, PullRequestRequest } from './askPullRequests';
import {
  conversationOf,
  fromGraphql,
  GraphqlPullRequest,
  OwnIdentity,
} from './mapPullRequest';
import { pullRequestFields } from './pullRequestQuery';

/** Below this a query that GitHub could not answer in time is not made smaller. */
const SMALLEST_BATCH = 5;

/**
 * Asks for the states of many pull requests at once. Those that the forge does
 * not show are absent from the answer.
 */
export async function queryPullRequests(
  octokit: Octokit,
  requests: PullRequestRequest[],
  own: OwnIdentity,
): Promise<
  Array<
    PullRequestRequest & { pullRequest: PullRequest; conversation?: string }
  >
> {
  const answers = await askPullRequests<GraphqlPullRequest>(
    octokit,
    requests,
    pullRequestFields,
    { smallest: SMALLEST_BATCH },
  );
  return answers.map(({ data, ...request }) => ({
    ...request,
    pullRequest: fromGraphql(data, own),
    conversation: conversationOf(data),
  }));
}
