import { Stats } from 'fs';
import { mkdtemp, realpath, stat } from 'fs/promises';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { JobUser } from '../jobUser';

/**
 * Makes a folder of this process that a user can be let into: among the
 * temporary files, or where those lie in a folder that is closed to the user.
 *
 * @param prefix - what its name begins with
 * @param user - default: the user of this process
 * @throws Error where there is no such place
 */
export async function makeFolder(
  prefix: string,
  user: JobUser | undefined,
): Promise<string> {
  return mkdtemp(join(await openFolder(user), prefix));
}

/** Where folders may be made, the first choice first. */
export function temporaryFolders(): string[] {
  return [...new Set([tmpdir(), '/tmp', '/var/tmp'])];
}

async function openFolder(user: JobUser | undefined): Promise<string> {
  if (!user) return tmpdir();
  for (const folder of temporaryFolders()) {
    if (await canEnter(folder, user)) return folder;
  }
  throw new Error(
    `Jobs cannot run as user ${
      user.uid
    }: it can enter none of ${tmpdir()}, /tmp and /var/tmp. Open one of them, or set TMPDIR to a folder that it can enter.`,
  );
}

/** Whether a user gets into a folder from the root. */
export async function canEnter(
  folder: string,
  user: JobUser,
): Promise<boolean> {
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined) return false;
  for (let path = real; ; path = dirname(path)) {
    if (!allows(await stat(path), user, 1)) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * By the mode alone: an access control list may forbid more, and bubblewrap then says so.
 *
 * @param bits - 4 to read, 2 to write, 1 to enter or execute
 */
export function allows(
  stats: Stats,
  { gid, uid }: JobUser,
  bits: number,
): boolean {
  const others = stats.gid === gid ? 3 : 0;
  const shift = stats.uid === uid ? 6 : others;
  return ((stats.mode >> shift) & bits) === bits;
}
