import { execFile } from 'child_process';
import { Dirent } from 'fs';
import { lstat, readdir, rmdir } from 'fs/promises';
import { join } from 'path';

/** A job may have closed folders to itself, and made them deeper than a path is long. */
const EMPTY = [
  'rm -rf -- "$1"',
  'if [ -e "$1" ]; then find "$1" -type d ! -perm -700 -exec chmod 700 {} ";"; rm -rf -- "$1"; fi',
].join('; ');

/**
 * Removes a folder with all that is in it, also what a job has put there: as its
 * owner, for root that follows what a job exchanges meanwhile would remove the
 * files of others.
 *
 * @throws Error where it cannot be removed
 */
export async function removeFolder(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats) return;
  const { gid, uid } = stats;
  if (process.getuid?.() !== 0) {
    await empty(path, {});
  } else if (uid !== 0) {
    await empty(path, { uid, gid });
  } else {
    // Nobody else can exchange what is in it, but some may be another's.
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries.filter(each => each.isDirectory())) {
      if (await isForeign(path, entry))
        await removeFolder(join(path, entry.name));
    }
    await empty(path, {});
  }
  await rmdir(path).catch(error => {
    if (error.code !== 'ENOENT') throw error;
  });
}

async function isForeign(folder: string, entry: Dirent): Promise<boolean> {
  const stats = await lstat(join(folder, entry.name)).catch(() => undefined);
  return stats !== undefined && stats.uid !== 0;
}

/** Whatever it says: what is left is seen. */
async function empty(
  path: string,
  owner: { uid?: number; gid?: number },
): Promise<void> {
  await new Promise<void>(resolve => {
    execFile(
      '/bin/sh',
      ['-c', EMPTY, 'sh', path],
      { ...owner, cwd: '/', env: {} },
      () => resolve(),
    );
  });
}
