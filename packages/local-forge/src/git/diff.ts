import { runGit } from './runGit';

export interface FileDiff {
  path: string;
  previousPath?: string;
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  additions: number;
  deletions: number;
  binary: boolean;
  /** Blob on the new side, or on the old one where the file was removed. */
  sha: string;
  /** Hunks without the file header; undefined for binary files and pure renames. */
  patch?: string;
}

const statuses: Record<string, FileDiff['status']> = {
  A: 'added',
  C: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
};

const common = [
  '-M',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--full-index',
];

/** The unified diff between two trees, as `git diff` prints it. */
export async function diffText(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<string> {
  const { stdout } = await runGit(gitDirectory, [
    'diff',
    ...common,
    from,
    to,
    '--',
  ]);
  return stdout.toString();
}

/** What changed between two commits or trees, file by file in git's order. */
export async function diffFiles(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<FileDiff[]> {
  const [raw, numbers, text] = await Promise.all([
    runGit(gitDirectory, ['diff', '--raw', '-z', ...common, from, to, '--']),
    runGit(gitDirectory, [
      'diff',
      '--numstat',
      '-z',
      ...common,
      from,
      to,
      '--',
    ]),
    diffText(gitDirectory, from, to),
  ]);
  const files = parseRaw(raw.stdout.toString());
  const counts = parseNumbers(numbers.stdout.toString());
  const patches = text.split(/^(?=diff --git )/m);
  return files.map((file, position) => {
    const [additions, deletions] = counts[position] ?? ['0', '0'];
    const patch = patches[position] ?? '';
    const hunks = patch.search(/^@@ /m);
    return {
      ...file,
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
      binary: additions === '-',
      patch: hunks < 0 ? undefined : patch.slice(hunks).replace(/\n$/, ''),
    };
  });
}

type RawFile = Pick<FileDiff, 'path' | 'previousPath' | 'status' | 'sha'>;

function parseRaw(text: string): RawFile[] {
  const fields = text.split('\0');
  const files: RawFile[] = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [, , before, after, letter] = fields[at].split(' ');
    const twoPaths = letter[0] === 'R' || letter[0] === 'C';
    files.push({
      path: fields[at + (twoPaths ? 2 : 1)],
      previousPath: letter[0] === 'R' ? fields[at + 1] : undefined,
      status: statuses[letter[0]] ?? 'changed',
      sha: letter[0] === 'D' ? before : after,
    });
    at += twoPaths ? 3 : 2;
  }
  return files;
}

function parseNumbers(text: string): Array<[string, string]> {
  const fields = text.split('\0');
  const counts: Array<[string, string]> = [];
  for (let at = 0; at + 1 < fields.length; ) {
    const [additions, deletions, path] = fields[at].split('\t');
    counts.push([additions, deletions]);
    at += path === '' ? 3 : 1;
  }
  return counts;
}
