import { constants } from 'fs';
import { FileHandle, open, readlink, realpath } from 'fs/promises';

/** A file of the work tree, or why it is not taken. */
export type WorkTreeFile =
  | { content: Buffer; mode: '100644' | '100755' }
  | { problem: string };

/**
 * Reads a file that a hostile program wrote: only a regular one, of bounded
 * size, with one name, and reached without any link on the way. What is checked
 * is what was opened, so nothing can be swapped in between.
 *
 * @param path - absolute and free of links, but for what the program made of it
 * @throws where there is no such file
 */
export async function readWorkTreeFile(
  path: string,
  maxBytes: number,
): Promise<WorkTreeFile> {
  // Without NONBLOCK a FIFO would be waited for.
  const flags =
    constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'EMLINK') return { problem: 'is a link' };
    if (code === 'ENXIO') return { problem: 'is no regular file' };
    if (code === 'EACCES') return { problem: 'cannot be read' };
    throw error;
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { problem: 'is no regular file' };
    if (stat.nlink > 1) return { problem: 'has other names (hard links)' };
    if (stat.size > maxBytes) {
      return { problem: `has ${stat.size} bytes, more than ${maxBytes}` };
    }
    if ((await placeOf(file, path)) !== path) {
      return { problem: 'lies behind a link' };
    }
    const content = Buffer.alloc(stat.size);
    const { bytesRead } = await file.read(content, 0, stat.size, 0);
    const executable = (stat.mode & constants.S_IXUSR) !== 0;
    return {
      content: content.subarray(0, bytesRead),
      mode: executable ? '100755' : '100644',
    };
  } finally {
    await file.close();
  }
}

/** Where an open file really lies. */
async function placeOf(file: FileHandle, path: string): Promise<string> {
  return readlink(`/proc/self/fd/${file.fd}`).catch(() => realpath(path));
}
