import {
  CodeSearchQuery,
  fitsQueryPath,
  searchExtensions,
  searchPath,
} from '@skein/plugin-campaigns-common';
import { cutLine, RepositoryHead } from '@skein/plugin-campaigns-node';
import { listTree } from '../../repositories/readTree';
import { Ripgrep } from './Ripgrep';
import { BlobEntry, streamBlobs } from './streamBlobs';

/** How far one repository is searched. */
export interface TreeLimits {
  /** Lines that are given; there may be more. */
  lines: number;
  /** Larger files are left out. */
  fileBytes: number;
  timeoutMilliseconds: number;
}

/** A line of a file. */
export interface TreeLine {
  path: string;
  line: number;
  text: string;
  ranges: Array<[number, number]>;
}

/** What was found at a commit, and what was left out. */
export interface TreeSearchResult {
  lines: TreeLine[];
  /** There are more lines than were asked for. */
  more: boolean;
  /** Files that fit the query and are too large. */
  largeFiles: number;
}

/** Where a file begins in what the pattern is looked for in. */
interface Start {
  objectId: string;
  offset: number;
  line: number;
}

/**
 * Looks for a query in the files of a commit: git hands out their contents, one
 * program looks through all of them. Nothing is written to disk, and nothing of
 * the repository runs.
 *
 * @throws GitError, PatternError
 */
export async function searchTree(
  head: RepositoryHead,
  query: CodeSearchQuery,
  options: { ripgrep: string; limits: TreeLimits; signal: AbortSignal },
): Promise<TreeSearchResult> {
  const { ripgrep, limits, signal } = options;
  const entries = (await listTree(head, searchPath(query))).filter(entry =>
    fitsQueryPath(query, entry.path),
  );
  const searched = entries.filter(entry => entry.size <= limits.fileBytes);
  const paths = new Map<string, string[]>();
  for (const { objectId, path } of searched) {
    paths.set(objectId, [...(paths.get(objectId) ?? []), path]);
  }
  const blobs = [
    ...new Map(searched.map(each => [each.objectId, each])).values(),
  ];
  const result: TreeSearchResult = {
    lines: [],
    more: false,
    // Without extensions most of them are data and pictures, which nobody asked for.
    largeFiles: searchExtensions(query) ? entries.length - searched.length : 0,
  };
  if (blobs.length === 0) return result;

  const program = Ripgrep.start(ripgrep, query);
  const stop = () => program.stop();
  signal.addEventListener('abort', stop, { once: true });
  const starts: Start[] = [];
  const feeding = feed(program, blobs, starts, {
    gitDir: head.gitDir,
    signal,
    timeoutMilliseconds: limits.timeoutMilliseconds,
  });
  // Told below; until then the lines are read.
  feeding.catch(stop);
  try {
    for await (const { number, offset, bytes, spans } of program.lines()) {
      const start = startOf(starts, offset);
      if (!start) continue;
      for (const path of paths.get(start.objectId)!) {
        if (result.lines.length >= limits.lines) {
          result.more = true;
          program.stop();
          break;
        }
        const line = number - start.line + 1;
        result.lines.push({ path, line, ...cutLine(bytes, spans) });
      }
    }
    await feeding;
    signal.throwIfAborted();
    // It stops by itself where it has too much to say.
    result.more ||= program.stopped;
  } finally {
    signal.removeEventListener('abort', stop);
    program.stop();
  }
  return result;
}

async function feed(
  program: Ripgrep,
  blobs: BlobEntry[],
  starts: Start[],
  options: Parameters<typeof streamBlobs>[1],
): Promise<void> {
  let offset = 0;
  let line = 1;
  let index = 0;
  for await (const content of streamBlobs(blobs, options)) {
    const { objectId } = blobs[index++];
    if (isBinary(content) || content.length === 0) continue;
    starts.push({ objectId, offset, line });
    const whole =
      content[content.length - 1] === 10
        ? content
        : Buffer.concat([content, Buffer.from('\n')]);
    offset += whole.length;
    line += countLines(whole);
    if (!(await program.write(whole))) break;
  }
  program.end();
}

/** As git tells it. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8_000).includes(0);
}

function countLines(content: Buffer): number {
  let count = 0;
  let at = content.indexOf(10);
  while (at >= 0) {
    count += 1;
    at = content.indexOf(10, at + 1);
  }
  return count;
}

/** The last file that begins at an offset or before. */
function startOf(starts: Start[], offset: number): Start | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle].offset <= offset) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1];
}
