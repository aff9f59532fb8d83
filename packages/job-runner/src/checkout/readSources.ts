import { SourceFile } from '@skein/mapping-rewriter';
import { Checkout, TreeFile } from './Checkout';

/** Bounds of what is read of a target. */
export const sourceLimits = {
  fileBytes: 1024 * 1024,
  /** Larger files than `fileBytes` are searched for names up to this size. */
  searchedBytes: 16 * 1024 * 1024,
  totalBytes: 96 * 1024 * 1024,
  files: 50_000,
} as const;

/** A text file of the target, with its path relative to the target's folder. */
export interface TextFile extends SourceFile {
  tree: TreeFile;
}

/** A file that may hold code and was not read. */
export interface UnreadFile {
  tree: TreeFile;
  why: string;
  /** Its text with at least the ASCII characters right; undefined where it is too large even for that. */
  approximate: string | undefined;
}

/** The texts of a target. */
export interface Sources {
  files: TextFile[];
  unread: UnreadFile[];
}

/** More files, or more bytes, than a job reads. */
export class TooManySourcesError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TooManySourcesError';
  }
}

/**
 * Reads the text files below a folder as they are in git, byte for byte.
 * Binary files are left out; large ones and those that are not UTF-8 are
 * named, so that nobody takes them for clean.
 *
 * @throws TooManySourcesError
 */
export async function readSources(
  checkout: Checkout,
  path: string,
): Promise<Sources> {
  const all = await checkout.listFiles(path);
  const small = all.filter(file => file.size <= sourceLimits.fileBytes);
  const large = all.filter(file => file.size > sourceLimits.fileBytes);
  const bytes = small.reduce((sum, file) => sum + file.size, 0);
  if (small.length > sourceLimits.files || bytes > sourceLimits.totalBytes) {
    throw new TooManySourcesError(
      `The target has ${small.length} files with ${bytes} bytes; a job reads at most ${sourceLimits.files} files and ${sourceLimits.totalBytes} bytes. Give it a folder of its own.`,
    );
  }
  const contents = await checkout.readFiles(small);
  const sources: Sources = { files: [], unread: [] };
  small.forEach((tree, index) => {
    const content = contents[index];
    if (isBinary(content)) return;
    const text = tree.nameIsText ? decode(content) : undefined;
    if (text !== undefined) {
      sources.files.push({
        path: within(path, tree.path),
        content: text,
        tree,
      });
    } else {
      const why = tree.nameIsText ? 'it is not UTF-8' : 'its name is not UTF-8';
      const approximate = content.toString('latin1');
      sources.unread.push({ tree, why, approximate });
    }
  });
  const why = `it is larger than ${sourceLimits.fileBytes} bytes`;
  for (const tree of large) {
    // One at a time: together they may not fit into memory.
    const searched = tree.size <= sourceLimits.searchedBytes;
    const [content] = searched ? await checkout.readFiles([tree]) : [];
    if (content && isBinary(content)) continue;
    const approximate = content?.toString('latin1');
    sources.unread.push({ tree, why, approximate });
  }
  return sources;
}

/** As git decides it. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8_000).includes(0);
}

function decode(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      content,
    );
  } catch {
    return undefined;
  }
}

function within(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
