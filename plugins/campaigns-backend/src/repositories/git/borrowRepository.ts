import { mkdtemp, mkdir, rm, writeFile } from 'fs/promises';
import path from 'path';
import { runGit } from './runGit';

/** A short-lived bare repository that sees the objects of a mirror. */
export interface BorrowedRepository {
  gitDir: string;
  /** Deletes it; may be called twice. */
  remove(): Promise<void>;
}

/**
 * Makes an empty bare repository that borrows a mirror's objects: what is
 * written there leaves the mirror as it is, and nobody else sees its refs.
 *
 * @param folder - where temporary repositories lie; made where it is missing
 */
export async function borrowRepository(
  folder: string,
  mirrorGitDir: string,
): Promise<BorrowedRepository> {
  await mkdir(folder, { recursive: true });
  const gitDir = await mkdtemp(path.join(folder, 'git-'));
  const remove = () => rm(gitDir, { recursive: true, force: true });
  try {
    await runGit(['init', '--quiet', '--bare', '--template=', gitDir], {});
    const information = path.join(gitDir, 'objects', 'info');
    await mkdir(information, { recursive: true });
    await writeFile(
      path.join(information, 'alternates'),
      `${path.join(mirrorGitDir, 'objects')}\n`,
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return { gitDir, remove };
}
