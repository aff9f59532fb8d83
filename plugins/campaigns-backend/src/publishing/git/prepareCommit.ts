import { ConflictError } from '@backstage/errors';
import { RepositoryHead } from '@skein/plugin-campaigns-node';
import { GitError, runGit, runGitText } from '../../repositories/git';
import { assertAllowedPaths } from './assertAllowedPaths';

/** Who a commit is by. */
export interface CommitAuthor {
  name: string;
  email: string;
}

/** A commit to make. */
export interface CommitRequest {
  /** The default branch as it is now; the patch may be older. */
  head: RepositoryHead;
  /** Commit that the patch was made for. */
  baseCommit: string;
  /** Folder that the patch has to stay in; empty for the whole repository. */
  path: string;
  /** Paths are relative to the repository. */
  patch: string;
  message: string;
  author: CommitAuthor;
  /** Epoch milliseconds: the change's, so that the same change gives the same commit. */
  date: number;
}

/**
 * Applies a patch on top of the default branch and commits it, without a work
 * tree: nothing of the repository is ever written out as a file.
 *
 * @param gitDir - a repository of this operation alone, which sees the mirror's objects
 * @returns the commit, and the paths that it changes
 * @throws ConflictError where the patch does not fit any more, does nothing, or goes where it may not
 */
export async function prepareCommit(
  gitDir: string,
  request: CommitRequest,
): Promise<{ commit: string; paths: string[] }> {
  const { head } = request;
  await runGit(['read-tree', head.commit], { gitDir });
  await applyPatch(gitDir, request);
  const tree = await runGitText(['write-tree'], { gitDir });
  const changes = await runGit(
    ['diff-tree', '-r', '-z', '--raw', '--no-renames', head.commit, tree],
    { gitDir },
  );
  const paths = assertAllowedPaths(changes.toString('utf8'), request.path);
  if (paths.length === 0) {
    throw new ConflictError(
      `The branch '${head.branch}' already holds this change`,
    );
  }
  const seconds = Math.floor(request.date / 1000);
  const commit = await runGitText(
    ['commit-tree', tree, '-p', head.commit, '-F', '-'],
    {
      gitDir,
      input: request.message,
      environment: {
        GIT_AUTHOR_NAME: request.author.name,
        GIT_AUTHOR_EMAIL: request.author.email,
        GIT_AUTHOR_DATE: `${seconds} +0000`,
        GIT_COMMITTER_NAME: request.author.name,
        GIT_COMMITTER_EMAIL: request.author.email,
        GIT_COMMITTER_DATE: `${seconds} +0000`,
      },
    },
  );
  return { commit, paths };
}

async function applyPatch(
  gitDir: string,
  { head, baseCommit, patch }: CommitRequest,
): Promise<void> {
  const moved = head.commit !== baseCommit;
  try {
    await runGit(
      [
        'apply',
        '--cached',
        '--whitespace=nowarn',
        ...(moved ? ['--3way'] : []),
        '-',
      ],
      { gitDir, input: patch },
    );
  } catch (error) {
    if (!(error instanceof GitError) || error.exitCode === undefined) {
      throw error;
    }
    const files = await conflictingFiles(gitDir);
    const where = files.length > 0 ? files.join(', ') : error.message;
    throw new ConflictError(
      moved
        ? `The branch '${head.branch}' moved since the change was made, and it conflicts: ${where}; run the target again`
        : `The stored patch does not apply to ${baseCommit}: ${where}`,
      error,
    );
  }
}

async function conflictingFiles(gitDir: string): Promise<string[]> {
  const output = await runGit(['ls-files', '--unmerged', '-z'], { gitDir });
  const paths = output
    .toString('utf8')
    .split('\0')
    .map(line => line.slice(line.indexOf('\t') + 1))
    .filter(Boolean);
  const unique = [...new Set(paths)];
  return unique.length > 5
    ? [...unique.slice(0, 5), `and ${unique.length - 5} more`]
    : unique;
}
