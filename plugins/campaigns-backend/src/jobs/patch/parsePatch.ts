import { InputError } from '@backstage/errors';
import { LineReader } from './LineReader';
import { unquoteGitPath } from './unquoteGitPath';

/** A line that a patch adds or takes away. */
export interface PatchedLine {
  /** 1-based, in the text after the patch for an added line, before it for a removed one. */
  line: number;
  text: string;
}

/** One file of a patch. */
export interface PatchedFile {
  /** Relative to the repository. */
  path: string;
  change: 'added' | 'modified' | 'deleted';
  /** Marked as a program, before or after. */
  executable: boolean;
  /** Whether that mark comes or goes. */
  modeChanged: boolean;
  added: PatchedLine[];
  removed: PatchedLine[];
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const REGULAR_FILE = /^100(?:644|755)$/;

/**
 * Reads a patch as `git diff --full-index --no-renames` writes it, strictly:
 * what is not expected is refused, so that `git apply` can find nothing in it
 * that was not seen here. Only regular text files; no renames, copies, links,
 * submodules or binary hunks.
 *
 * @throws InputError that names the line
 */
export function parsePatch(patch: string): PatchedFile[] {
  if (patch === '') return [];
  if (!patch.endsWith('\n')) throw new InputError('The patch is cut off');
  if (patch.includes('\0')) throw new InputError('The patch has a NUL byte');
  const reader = new LineReader(patch);
  const files: PatchedFile[] = [];
  while (!reader.done) files.push(readFile(reader));

  const paths = new Set(files.map(file => file.path));
  if (paths.size !== files.length) {
    throw new InputError('The patch changes a file twice');
  }
  return files;
}

function readFile(reader: LineReader): PatchedFile {
  const names = reader.takeIf('diff --git ');
  if (names === undefined) {
    reader.take();
    throw reader.error("expected 'diff --git'");
  }
  const { change, count, executable, modeChanged } = readModes(reader);
  const hasIndex = reader.takeIf('index ') !== undefined;
  const file: PatchedFile = {
    path: '',
    change,
    executable,
    modeChanged,
    added: [],
    removed: [],
  };

  const oldName = reader.takeIf('--- ');
  if (oldName === undefined) {
    // A file without a line, or only another mode: the first line alone names it.
    const complete =
      change === 'modified' ? !hasIndex && count === 2 : hasIndex;
    if (!complete) throw reader.error('a file has no change');
    file.path = pathOfBoth(reader, names);
    return file;
  }
  const newName = reader.takeIf('+++ ');
  if (newName === undefined) throw reader.error("expected '+++'");
  file.path = pathOf(reader, names, change, oldName, newName);
  if (!reader.peek()?.startsWith('@@ ')) {
    reader.take();
    throw reader.error('expected a hunk');
  }
  while (reader.peek()?.startsWith('@@ ')) readHunk(reader, file);
  return file;
}

function readModes(reader: LineReader): {
  change: PatchedFile['change'];
  /** Lines that say a mode. */
  count: number;
  executable: boolean;
  modeChanged: boolean;
} {
  const modes: string[] = [];
  let change: PatchedFile['change'] = 'modified';
  for (;;) {
    const added = reader.takeIf('new file mode ');
    const deleted = reader.takeIf('deleted file mode ');
    const other = reader.takeIf('old mode ') ?? reader.takeIf('new mode ');
    const mode = added ?? deleted ?? other;
    if (mode === undefined) break;
    if (added !== undefined) change = 'added';
    if (deleted !== undefined) change = 'deleted';
    modes.push(mode);
  }
  const index = reader.peek()?.startsWith('index ') ? reader.peek() : undefined;
  const indexMode = index && / (\d+)$/.exec(index)?.[1];
  const all = indexMode ? [...modes, indexMode] : modes;
  for (const mode of all) {
    if (!REGULAR_FILE.test(mode)) {
      throw reader.error(
        `mode ${mode} is not that of a regular file; links and submodules are not taken`,
      );
    }
  }
  return {
    change,
    count: modes.length,
    executable: all.includes('100755'),
    modeChanged: new Set(all).size > 1,
  };
}

/** Whether the names of a file agree; git trusts different ones in different cases. */
function pathOf(
  reader: LineReader,
  names: string,
  change: PatchedFile['change'],
  oldName: string,
  newName: string,
): string {
  const before =
    change === 'added' ? undefined : sidePath(reader, oldName, 'a/');
  const after =
    change === 'deleted' ? undefined : sidePath(reader, newName, 'b/');
  if (change === 'added' && oldName !== '/dev/null') {
    throw reader.error('an added file has an old name');
  }
  if (change === 'deleted' && newName !== '/dev/null') {
    throw reader.error('a deleted file has a new name');
  }
  const path = before ?? after!;
  if (pathOfBoth(reader, names) !== path || (after ?? path) !== path) {
    throw reader.error('the names of a file differ; renames are not taken');
  }
  return path;
}

function sidePath(reader: LineReader, name: string, prefix: string): string {
  // git ends an unquoted name that has a space in it with a tab.
  const path = unquoteGitPath(name.endsWith('\t') ? name.slice(0, -1) : name);
  if (!path?.startsWith(prefix)) {
    throw reader.error(`the name ${name} cannot be read`);
  }
  return path.slice(prefix.length);
}

/** The path in `a/<path> b/<path>`; both must be the same. */
function pathOfBoth(reader: LineReader, names: string): string {
  const quoted = /^("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")$/.exec(names);
  const half = (names.length - 1) / 2;
  const [first, second] = quoted
    ? [quoted[1], quoted[2]]
    : [names.slice(0, half), names.slice(half + 1)];
  const path = sidePath(reader, first, 'a/');
  if (
    (!quoted && names[half] !== ' ') ||
    sidePath(reader, second, 'b/') !== path
  ) {
    throw reader.error('the names of a file differ; renames are not taken');
  }
  return path;
}

function readHunk(reader: LineReader, file: PatchedFile): void {
  const match = HUNK.exec(reader.take());
  if (!match) throw reader.error('a hunk header cannot be read');
  let before = Number(match[2] ?? 1);
  let after = Number(match[4] ?? 1);
  const oldEnd = Number(match[1]) + before;
  const newEnd = Number(match[3]) + after;
  while (before > 0 || after > 0) {
    const line = reader.take();
    switch (line[0]) {
      case ' ':
        before -= 1;
        after -= 1;
        break;
      case '-':
        file.removed.push({ line: oldEnd - before, text: line.slice(1) });
        before -= 1;
        break;
      case '+':
        file.added.push({ line: newEnd - after, text: line.slice(1) });
        after -= 1;
        break;
      case '\\':
        break;
      default:
        throw reader.error('a hunk has a line that is none of its own');
    }
  }
  if (before < 0 || after < 0) {
    throw reader.error('a hunk has more lines than it says');
  }
  if (reader.peek()?.startsWith('\\')) reader.take();
}
