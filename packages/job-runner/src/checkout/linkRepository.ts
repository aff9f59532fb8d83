import { copyFile, mkdir, writeFile } from 'fs/promises';
import { join } from 'path';
import { Checkout } from './Checkout';

/**
 * Makes the checkout a git repository of its own for the checks that run in it
 * (`git ls-files` and the like): at the source commit, on the same objects. The
 * runner itself never uses it, so checks may do to it what they like.
 */
export async function linkRepository(checkout: Checkout): Promise<void> {
  const { gitDir } = checkout.git;
  const own = join(checkout.folder, '.git');
  await mkdir(join(own, 'objects', 'info'), { recursive: true });
  await mkdir(join(own, 'refs', 'heads'), { recursive: true });
  await Promise.all([
    writeFile(join(own, 'HEAD'), 'ref: refs/heads/source\n'),
    writeFile(
      join(own, 'config'),
      '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
    ),
    writeFile(
      join(own, 'refs', 'heads', 'source'),
      `${checkout.sourceCommit}\n`,
    ),
    writeFile(
      join(own, 'objects', 'info', 'alternates'),
      `${join(gitDir, 'objects')}\n`,
    ),
    copyFile(join(gitDir, 'index'), join(own, 'index')),
  ]);
}
