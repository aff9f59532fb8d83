import { codeownersOf, parseCodeowners } from '../../codeowners/codeowners';

/** GitHub takes no more than 15; more than a few dilute who is asked. */
const MOST_REVIEWERS = 10;

/**
 * Who is asked for a review: the code owners of the changed paths.
 *
 * @param codeowners - text of the repository's CODEOWNERS file
 * @returns logins, and teams as `organisation/slug`; addresses of mail cannot be asked
 */
export function chooseReviewers(codeowners: string, paths: string[]): string[] {
  const rules = parseCodeowners(codeowners);
  const owners = paths.flatMap(path => codeownersOf(rules, path));
  const names = owners
    .map(
      owner => /^@([A-Za-z0-9_[\]-]+(?:\/[A-Za-z0-9_.-]+)?)$/.exec(owner)?.[1],
    )
    .filter((name): name is string => name !== undefined);
  return [...new Set(names)].slice(0, MOST_REVIEWERS);
}
