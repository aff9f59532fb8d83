import { InputError, NotFoundError } from '@backstage/errors';
import { formatRepositoryRef } from '@skein/plugin-campaigns-common';
import { RepositoryHead } from '@skein/plugin-campaigns-node';
import { isUtf8 } from 'buffer';
import { runGit } from './git';

/** A regular file of a commit. */
export interface TreeEntry {
  path: string;
  size: number;
  objectId: string;
}

const FILE_BYTES = 1024 * 1024;
/** Longer paths can be checked out nowhere; comparing them with patterns takes long. */
const PATH_CHARACTERS = 4_096;
const TOTAL_BYTES = 512 * 1024 * 1024;
const LIST_BYTES = 256 * 1024 * 1024;

/**
 * The regular files of a commit; symbolic links, submodules and what has too
 * long a path to be checked out are left out.
 *
 * @param path - a folder or file; undefined or empty for all
 */
export async function listTree(
  head: RepositoryHead,
  path?: string,
): Promise<TreeEntry[]> {
  const folder = (path ?? '').replace(/^\/+|(?<!\/)\/+$/g, '');
  if (folder.split('/').some(part => part === '..' || part === '.')) {
    throw new InputError(`'${path}' is not a path in a repository`);
  }
  const output = await runGit(
    [
      'ls-tree',
      '-r',
      '-l',
      '-z',
      '--full-tree',
      commitOf(head),
      ...(folder ? ['--', folder] : []),
    ],
    { gitDir: head.gitDir, maxOutputBytes: LIST_BYTES },
  );
  const entries: TreeEntry[] = [];
  for (const line of output.toString('utf8').split('\0')) {
    const match = /^100(?:644|755|664) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(
      line,
    );
    if (match && match[3].length <= PATH_CHARACTERS) {
      entries.push({
        objectId: match[1],
        size: Number(match[2]),
        path: match[3],
      });
    }
  }
  return entries;
}

/** Texts of files by path: what is binary, too long, not a file, or not there is left out. */
export async function readTexts(
  head: RepositoryHead,
  paths: string[],
): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const wanted = new Set(paths);
  const entries = await listTree(head);
  return readEntries(
    head,
    entries.filter(entry => wanted.has(entry.path)),
  );
}

/** {@link readTexts} of files that were listed already. */
export async function readEntries(
  head: RepositoryHead,
  listed: TreeEntry[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const entries = listed.filter(entry => entry.size <= FILE_BYTES);
  const sizes = new Map(entries.map(each => [each.objectId, each.size]));
  let total = 0;
  for (const size of sizes.values()) total += size;
  if (total > TOTAL_BYTES) {
    throw new InputError(
      `${listed.length} files of ${formatRepositoryRef(
        head.repository,
      )} are more than ${TOTAL_BYTES} bytes together; read fewer at a time`,
    );
  }
  const contents = await readObjects(head.gitDir, [...sizes.keys()], total);
  for (const entry of entries) {
    const content = contents.get(entry.objectId);
    if (content && isText(content)) {
      texts.set(entry.path, content.toString('utf8'));
    }
  }
  return texts;
}

/** Contents by object id, by one `git cat-file`. */
async function readObjects(
  gitDir: string,
  objectIds: string[],
  totalBytes: number,
): Promise<Map<string, Buffer>> {
  const contents = new Map<string, Buffer>();
  if (objectIds.length === 0) return contents;
  const output = await runGit(['cat-file', '--batch', '--buffer'], {
    gitDir,
    input: `${objectIds.join('\n')}\n`,
    maxOutputBytes: totalBytes + objectIds.length * 200,
  });
  let position = 0;
  for (const objectId of objectIds) {
    const end = output.indexOf(10, position);
    const header = output.toString('utf8', position, end);
    const match = /^([0-9a-f]+) blob (\d+)$/.exec(header);
    if (!match || match[1] !== objectId) {
      throw new NotFoundError(`Object ${objectId} cannot be read: ${header}`);
    }
    const start = end + 1;
    position = start + Number(match[2]);
    contents.set(objectId, output.subarray(start, position));
    position += 1;
  }
  return contents;
}

function isText(content: Buffer): boolean {
  return isUtf8(content) && !content.includes(0);
}

function commitOf(head: RepositoryHead): string {
  if (!/^[0-9a-f]{40,64}$/.test(head.commit)) {
    throw new InputError(`'${head.commit.slice(0, 80)}' is not a commit`);
  }
  return head.commit;
}
