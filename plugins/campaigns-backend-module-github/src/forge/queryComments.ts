import { PullRequestComments } from '@skein/plugin-campaigns-node';
import { Octokit } from 'octokit';
import { askPullRequests, PullRequestRequest } from './askPullRequests';
import { fromConversation, GraphqlConversation } from './mapComments';
import { PullRequestFragment } from './pullRequestQuery';

/** What was said on a pull request, newest last: of each so many that a page of it can be read in one go. */
const conversationFields: PullRequestFragment = {
  name: 'ConversationFields',
  text: `
fragment ConversationFields on PullRequest {
  comments(last: 50) {
    pageInfo { hasPreviousPage }
    nodes { id url body createdAt author { __typename login } }
  }
  reviews(last: 20) {
    pageInfo { hasPreviousPage }
    nodes {
      id
      url
      body
      state
      createdAt
      author { __typename login }
      comments(last: 20) {
        pageInfo { hasPreviousPage }
        nodes {
          id
          url
          body
          path
          line
          originalLine
          createdAt
          author { __typename login }
        }
      }
    }
  }
}`,
};

/**
 * Reads the conversations of some pull requests with one query. Those that the
 * forge does not show, or not in time, are absent from the answer.
 *
 * @param login - of our identity, as REST writes it: a bot's ends in `[bot]`
 */
export async function queryComments(
  octokit: Octokit,
  requests: PullRequestRequest[],
  login: string,
): Promise<PullRequestComments[]> {
  const answers = await askPullRequests<GraphqlConversation>(
    octokit,
    requests,
    conversationFields,
    { smallest: 1, leaveOut: true },
  );
  return answers.map(({ data, ...request }) => ({
    ...request,
    ...fromConversation(data, login),
  }));
}
