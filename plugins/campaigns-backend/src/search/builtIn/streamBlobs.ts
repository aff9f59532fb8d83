import { NotFoundError } from '@backstage/errors';
import { Readable } from 'stream';
import { GitOptions, spawnGit } from '../../repositories/git';

/** An object of a repository as its tree tells it. */
export interface BlobEntry {
  objectId: string;
  size: number;
}

/**
 * Contents of objects, one after the other in the order given, by one
 * `git cat-file`; what is not read any more is not made.
 *
 * @throws GitError
 */
export async function* streamBlobs(
  blobs: BlobEntry[],
  options: GitOptions,
): AsyncGenerator<Buffer> {
  const git = spawnGit(['cat-file', '--batch', '--buffer'], options);
  // How it ended is asked for at the end; until then nobody listens.
  git.ended.catch(() => {});
  git.child.stdin!.on('error', () => {});
  git.child.stdin!.end(blobs.map(blob => `${blob.objectId}\n`).join(''));
  const read = readerOf(git.child.stdout!);
  try {
    for (const { objectId, size } of blobs) {
      const header = `${objectId} blob ${size}\n`;
      const bytes = await read(header.length + size + 1);
      if (!bytes) {
        await git.ended;
        throw new NotFoundError(`Object ${objectId} cannot be read`);
      }
      if (bytes.toString('latin1', 0, header.length) !== header) {
        throw new NotFoundError(`Object ${objectId} is not what its tree says`);
      }
      yield bytes.subarray(header.length, header.length + size);
    }
    await git.ended;
  } finally {
    git.kill('was not read to its end');
  }
}

/** Reads so many bytes at a time; undefined where the stream ends before. */
function readerOf(stream: Readable) {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let size = 0;
  return async (wanted: number): Promise<Buffer | undefined> => {
    while (size < wanted) {
      const { value, done } = await chunks.next();
      if (done) return undefined;
      held.push(value);
      size += value.length;
    }
    const all = held.length === 1 ? held[0] : Buffer.concat(held, size);
    held = [all.subarray(wanted)];
    size -= wanted;
    return all.subarray(0, wanted);
  };
}
