import { lstat, readdir } from 'fs/promises';
import { join } from 'path';
import { bootId, isDead, socketName } from './liveness';
import { temporaryFolders } from './openFolder';
import { removeFolder } from './removeFolder';

/** As {@link holdFolder} calls folders of processes. */
const NAME = /^skein-[A-Za-z0-9]{6}$/;

/**
 * Removes what processes of this user that were killed have left for jobs. What
 * is not certainly theirs, or of a process that may still run, stays.
 */
export async function sweepFolders(): Promise<void> {
  if ((await bootId()) === undefined) return;
  for (const place of temporaryFolders()) {
    const names = await readdir(place).catch(() => []);
    for (const path of names.filter(each => NAME.test(each))) {
      const folder = join(place, path);
      // Another one may be removing it as well.
      if (await isLeft(folder)) await removeFolder(folder).catch(() => {});
    }
  }
}

async function isLeft(folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats?.isDirectory() || stats.uid !== process.getuid!()) return false;
  return isDead(join(folder, await socketName()));
}
