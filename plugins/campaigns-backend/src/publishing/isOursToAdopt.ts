import { PullRequest } from '@skein/plugin-campaigns-common';

/**
 * Whether a pull request from our branch is the one that this publication opened
 * before it was interrupted. An open one is in any case: the forge allows no
 * second. One that has ended is ours if it carries our commit and no earlier
 * publication knew it.
 *
 * @param commit - what this publication pushed
 * @param earlier - numbers of pull requests of earlier publications
 */
export function isOursToAdopt(
  pullRequest: Pick<PullRequest, 'number' | 'state' | 'headSha'>,
  commit: string,
  earlier: number[],
): boolean {
  if (pullRequest.state === 'open') return true;
  return (
    pullRequest.headSha === commit && !earlier.includes(pullRequest.number)
  );
}
