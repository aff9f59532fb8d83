import { RepositoryHead } from '@skein/plugin-campaigns-node';
import { PassThrough, Readable } from 'stream';
import { borrowRepository, runGit, runGitText, spawnGit } from './git';

const BUNDLE_MILLISECONDS = 10 * 60_000;

/** Fixed, so that the same tree always gives the same commit. */
const identity = {
  GIT_AUTHOR_NAME: 'Skein',
  GIT_AUTHOR_EMAIL: 'skein@localhost',
  GIT_AUTHOR_DATE: '1000000000 +0000',
  GIT_COMMITTER_NAME: 'Skein',
  GIT_COMMITTER_EMAIL: 'skein@localhost',
  GIT_COMMITTER_DATE: '1000000000 +0000',
};

/**
 * Streams a git bundle of one parentless commit with the head's tree, as
 * refs/heads/source: a runner gets the files and none of the history.
 */
export async function bundleTree(
  head: RepositoryHead,
  temporaryDirectory: string,
): Promise<Readable> {
  const repository = await borrowRepository(temporaryDirectory, head.gitDir);
  const { gitDir } = repository;
  try {
    const commit = await runGitText(
      ['commit-tree', `${head.commit}^{tree}`, '-m', `Source ${head.commit}`],
      { gitDir, environment: identity },
    );
    await runGit(['update-ref', 'refs/heads/source', commit], { gitDir });
    const git = spawnGit(
      ['bundle', 'create', '--quiet', '-', 'refs/heads/source'],
      { gitDir, timeoutMilliseconds: BUNDLE_MILLISECONDS },
    );
    git.child.stdin!.on('error', () => {});
    git.child.stdin!.end();

    const stream = new PassThrough();
    stream.once('close', () => {
      git.kill('was not read to its end');
      repository.remove().catch(() => {});
    });
    // The end of the output is not yet success: only then may the reader see an end.
    git.child.stdout!.pipe(stream, { end: false });
    git.ended.then(
      () => stream.end(),
      error => stream.destroy(error),
    );
    return stream;
  } catch (error) {
    await repository.remove();
    throw error;
  }
}
