import { mkdir, mkdtemp, rename, rm, stat } from 'fs/promises';
import path from 'path';
import { runGit } from './git';

/**
 * Makes a bare repository where there is none. It appears whole or not at all,
 * whatever other processes do and wherever this one ends.
 */
export async function ensureMirror(gitDir: string): Promise<void> {
  if (await isThere(path.join(gitDir, 'HEAD'))) return;
  const parent = path.dirname(gitDir);
  await mkdir(parent, { recursive: true });
  const fresh = await mkdtemp(path.join(parent, '.new-'));
  try {
    await runGit(['init', '--quiet', '--bare', '--template=', fresh], {});
    await rename(fresh, gitDir);
  } catch (error) {
    if (!(await isThere(path.join(gitDir, 'HEAD')))) throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Takes a mirror away in one step, so that nobody sees half of it. */
export async function removeMirror(gitDir: string): Promise<void> {
  const away = await mkdtemp(path.join(path.dirname(gitDir), '.broken-'));
  await rename(gitDir, path.join(away, 'git')).catch(() => {});
  await rm(away, { recursive: true, force: true });
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
