import { runGit } from './runGit';

/**
 * Paths of the text files of a commit that hold all of the terms, compared
 * without case.
 */
export async function grepFiles(
  gitDirectory: string,
  commit: string,
  terms: string[],
): Promise<string[]> {
  const { stdout } = await runGit(
    gitDirectory,
    [
      'grep',
      '--files-with-matches',
      '--ignore-case',
      '--fixed-strings',
      '--all-match',
      '-I',
      '-z',
      '--no-color',
      ...terms.flatMap(term => ['-e', term]),
      commit,
      '--',
    ],
    { codes: [1] },
  );
  return stdout
    .toString()
    .split('\0')
    .filter(Boolean)
    .map(line => line.slice(commit.length + 1));
}
