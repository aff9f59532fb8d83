import { RepositoryRef } from '@skein/plugin-campaigns-common';

/** A query with its variables, and where in the answer each pull request is. */
export interface PullRequestQuery {
  query: string;
  variables: Record<string, string | number>;
  /** Names in the answer, in the order of the requests: repository, pull request. */
  names: Array<[string, string]>;
}

/** A fragment on `PullRequest`, by its name. */
export interface PullRequestFragment {
  name: string;
  text: string;
}

/** What is asked of each pull request at each look. */
export const pullRequestFields: PullRequestFragment = {
  name: 'PullRequestFields',
  text: `
fragment PullRequestFields on PullRequest {
  number
  url
  title
  state
  isDraft
  headRefName
  headRefOid
  baseRefName
  mergeable
  reviewDecision
  createdAt
  updatedAt
  totalCommentsCount
  mergedAt
  closedAt
  mergeCommit { oid }
  reviewRequests(first: 20) {
    nodes {
      requestedReviewer {
        __typename
        ... on User { login }
        ... on Bot { login }
        ... on Team { slug }
      }
    }
  }
  reviews(first: 1) { totalCount }
  latestOpinionatedReviews(first: 20) {
    nodes { state author { login } }
  }
  commits(last: 20) {
    nodes {
      commit {
        oid
        author { email user { login } }
        statusCheckRollup { state }
      }
    }
  }
}`,
};

/**
 * One query for many pull requests of one host. What others chose goes in as
 * variables, never into the text.
 */
export function pullRequestQuery(
  requests: Array<{ repository: RepositoryRef; number: number }>,
  fields: PullRequestFragment = pullRequestFields,
): PullRequestQuery {
  const variables: Record<string, string | number> = {};
  const repositories = new Map<string, { name: string; lines: string[] }>();
  const declared: string[] = [];
  const names: PullRequestQuery['names'] = [];
  requests.forEach(({ repository, number }, index) => {
    const key = `${repository.owner}/${repository.name}`.toLowerCase();
    let group = repositories.get(key);
    if (!group) {
      group = { name: `r${repositories.size}`, lines: [] };
      repositories.set(key, group);
      variables[`${group.name}Owner`] = repository.owner;
      variables[`${group.name}Name`] = repository.name;
      declared.push(
        `$${group.name}Owner: String!`,
        `$${group.name}Name: String!`,
      );
    }
    variables[`n${index}`] = number;
    declared.push(`$n${index}: Int!`);
    group.lines.push(
      `    p${index}: pullRequest(number: $n${index}) { ...${fields.name} }`,
    );
    names.push([group.name, `p${index}`]);
  });
  const body = [...repositories.values()].map(
    ({ name, lines }) =>
      `  ${name}: repository(owner: $${name}Owner, name: $${name}Name) {\n${lines.join(
        '\n',
      )}\n  }`,
  );
  return {
    query: `query PullRequests(${declared.join(', ')}) {\n${body.join(
      '\n',
    )}\n}\n${fields.text}`,
    variables,
    names,
  };
}
