import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Octokit } from 'octokit';
import { mapForgeError } from './mapForgeError';
import { PullRequestFragment, pullRequestQuery } from './pullRequestQuery';

/** One pull request to ask for. */
export interface PullRequestRequest {
  repository: RepositoryRef;
  number: number;
}

type Answer<T> = Record<string, Record<string, T | null> | null>;

/**
 * Asks for the same fields of many pull requests at once. Those that the forge
 * does not show are absent from the answer. A query that takes GitHub too long
 * is halved.
 *
 * @param options.smallest - as few or fewer are not asked for in two parts
 * @param options.leaveOut - what takes too long even then is absent, and fails nothing else
 */
export async function askPullRequests<T>(
  octokit: Octokit,
  requests: PullRequestRequest[],
  fields: PullRequestFragment,
  options: { smallest: number; leaveOut?: boolean },
): Promise<Array<PullRequestRequest & { data: T }>> {
  if (requests.length === 0) return [];
  const { query, variables, names } = pullRequestQuery(requests, fields);
  let answer: Answer<T>;
  try {
    answer = await ask(octokit, query, variables);
  } catch (error) {
    const { status } = error as { status?: number };
    const tooMuch = status === 502 || status === 504;
    if (tooMuch && requests.length === 1 && options.leaveOut) return [];
    if (!tooMuch || requests.length <= options.smallest) {
      throw mapForgeError(error, 'Could not read pull requests');
    }
    const middle = Math.ceil(requests.length / 2);
    const halves = [requests.slice(0, middle), requests.slice(middle)];
    const answers = [];
    for (const half of halves) {
      answers.push(
        ...(await askPullRequests<T>(octokit, half, fields, options)),
      );
    }
    return answers;
  }
  return requests.flatMap((request, index) => {
    const [repository, name] = names[index];
    const data = answer[repository]?.[name];
    return data ? [{ ...request, data }] : [];
  });
}

async function ask<T>(
  octokit: Octokit,
  query: string,
  variables: Record<string, string | number>,
): Promise<Answer<T>> {
  try {
    return await octokit.graphql<Answer<T>>(query, variables);
  } catch (error) {
    // A repository or pull request that is gone makes an error beside the others' data.
    const { data, errors } = error as {
      data?: Answer<T> | null;
      errors?: Array<{ type?: string }>;
    };
    const limited = errors?.some(each => each.type === 'RATE_LIMITED');
    if (data && errors && !limited) return data;
    throw error;
  }
}
