import { Octokit } from 'octokit';

interface Pull {
  owner: string;
  repo: string;
  number: number;
}

/** @returns labels that GitHub refused */
export async function addLabels(
  octokit: Octokit,
  { owner, repo, number }: Pull,
  labels: string[],
): Promise<string[]> {
  return eachOrAll(labels, some =>
    octokit.rest.issues.addLabels({
      owner,
      repo,
      issue_number: number,
      labels: some,
    }),
  );
}

/**
 * @param reviewers - logins, and teams as `organisation/slug`
 * @returns those that GitHub refused
 */
export async function requestReviewers(
  octokit: Octokit,
  { owner, repo, number }: Pull,
  reviewers: string[],
): Promise<string[]> {
  const foreign = reviewers.filter(
    name =>
      name.includes('/') &&
      name.split('/')[0].toLowerCase() !== owner.toLowerCase(),
  );
  const refused = await eachOrAll(
    reviewers.filter(name => !foreign.includes(name)),
    some =>
      octokit.rest.pulls.requestReviewers({
        owner,
        repo,
        pull_number: number,
        reviewers: some.filter(name => !name.includes('/')),
        team_reviewers: some
          .filter(name => name.includes('/'))
          .map(name => name.split('/')[1]),
      }),
  );
  return [...foreign, ...refused];
}

/** GitHub refuses a whole list for one bad name: then each is tried alone. */
async function eachOrAll(
  names: string[],
  request: (names: string[]) => Promise<unknown>,
): Promise<string[]> {
  if (names.length === 0) return [];
  try {
    await request(names);
    return [];
  } catch (error) {
    const { status } = error as { status?: number };
    if (status !== 422 && status !== 404) throw error;
    if (names.length === 1) return names;
  }
  const refused: string[] = [];
  for (const name of names) {
    refused.push(...(await eachOrAll([name], request)));
  }
  return refused;
}
