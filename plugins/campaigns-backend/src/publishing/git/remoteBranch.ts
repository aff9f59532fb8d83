import { GitAccess } from '@skein/plugin-campaigns-node';
import { runGit } from '../../repositories/git';

const NETWORK_MILLISECONDS = 5 * 60_000;

/** The commit that a branch of the forge points to; undefined where there is no such branch. */
export async function readRemoteBranch(
  gitDir: string,
  access: GitAccess,
  branch: string,
): Promise<string | undefined> {
  const ref = `refs/heads/${branch}`;
  const output = await runGit(['ls-remote', '--', access.url, ref], {
    gitDir,
    access,
    timeoutMilliseconds: NETWORK_MILLISECONDS,
  });
  for (const line of output.toString('utf8').split('\n')) {
    const [commit, name] = line.split('\t');
    if (name === ref) return commit;
  }
  return undefined;
}

/**
 * Sets a branch of the forge, only if it is what the caller believes it is: the
 * forge compares and sets in one step.
 *
 * @param commit - undefined deletes the branch
 * @param expected - what it points to now; undefined where it must not exist
 * @throws GitError where the forge refuses, or the branch is something else
 */
export async function pushBranch(
  gitDir: string,
  access: GitAccess,
  branch: string,
  commit: string | undefined,
  expected: string | undefined,
): Promise<void> {
  const ref = `refs/heads/${branch}`;
  await runGit(
    [
      'push',
      '--quiet',
      '--no-verify',
      `--force-with-lease=${ref}:${expected ?? ''}`,
      '--',
      access.url,
      `${commit ?? ''}:${ref}`,
    ],
    { gitDir, access, timeoutMilliseconds: NETWORK_MILLISECONDS },
  );
}
