import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { GitAccess } from '@skein/plugin-campaigns-node';
import { randomUUID } from 'crypto';
import { stat } from 'fs/promises';
import path from 'path';
import { GitError, runGit, runGitText } from './git';

const FETCH_MILLISECONDS = 10 * 60_000;

/** A fetch of one branch into a mirror. */
export interface BranchFetch {
  gitDir: string;
  access: GitAccess;
  branch: string;
  /**
   * Whether all of its history is needed. A mirror that is searched alone has
   * the newest commit and what came after its first fetch.
   */
  history: boolean;
  logger: LoggerService;
}

/**
 * Fetches a branch, what is new of it alone.
 *
 * @returns its commit
 * @throws GitError
 */
export async function fetchBranch(fetch: BranchFetch): Promise<string> {
  const { gitDir, access, branch, logger } = fetch;
  // A ref of its own for each fetch: other processes may fetch into the same mirror.
  const fetched = `refs/skein/fetched/${randomUUID()}`;
  const kept = `refs/skein/branches/${branch}`;
  await runGit(
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      ...(await depthOf(fetch, kept)),
      '--',
      access.url,
      `+refs/heads/${branch}:${fetched}`,
    ],
    { gitDir, access, timeoutMilliseconds: FETCH_MILLISECONDS },
  );
  const commit = await runGitText(
    ['rev-parse', '--verify', '--end-of-options', `${fetched}^{commit}`],
    { gitDir },
  );
  // Keeps the objects and tells the next fetch what is there; if another
  // process writes it at this moment, its commit serves as well.
  await runGit(['update-ref', kept, commit], { gitDir }).catch(error =>
    logger.debug(String(error)),
  );
  await runGit(['update-ref', '-d', fetched], { gitDir }).catch(error =>
    logger.debug(String(error)),
  );
  return commit;
}

async function depthOf(
  { gitDir, history }: BranchFetch,
  kept: string,
): Promise<string[]> {
  if (history) {
    const shallow = await stat(path.join(gitDir, 'shallow')).then(
      file => file.size > 0,
      () => false,
    );
    return shallow ? ['--unshallow'] : [];
  }
  const known = await runGit(['rev-parse', '--verify', '--quiet', kept], {
    gitDir,
  }).then(
    () => true,
    () => false,
  );
  return known ? [] : ['--depth=1'];
}

/** Whether git found its own files damaged, rather than the forge or the network. */
export function isBroken(error: unknown): boolean {
  return (
    error instanceof GitError &&
    // Not what a cut connection says: that leaves the mirror as it was.
    /not a git repository|bad object|corrupt|unable to read (tree|sha1|[0-9a-f]{40})|packfile .* (cannot|far too short)/i.test(
      error.stderr,
    )
  );
}

/** The NotFoundError that stands for a forge that has no such source; any other error as it is. */
export function asNotFound(error: unknown, repository: RepositoryRef): unknown {
  if (
    error instanceof GitError &&
    /repository .* not found|couldn't find remote ref/i.test(error.stderr)
  ) {
    return new NotFoundError(
      `The forge gives no source of ${formatRepositoryRef(
        repository,
      )}: it is empty, gone, or hidden from us`,
      error,
    );
  }
  return error;
}
