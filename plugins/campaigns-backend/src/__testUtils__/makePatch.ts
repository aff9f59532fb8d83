import { borrowRepository, runGit, runGitText } from '../repositories/git';

/** The patch from a commit to the same tree with other contents of some files. */
export async function makePatch(
  temporaryDirectory: string,
  mirrorGitDir: string,
  base: string,
  files: Record<string, string>,
): Promise<string> {
  const borrowed = await borrowRepository(temporaryDirectory, mirrorGitDir);
  try {
    const { gitDir } = borrowed;
    await runGit(['read-tree', base], { gitDir });
    for (const [file, text] of Object.entries(files)) {
      const blob = await runGitText(['hash-object', '-w', '--stdin'], {
        gitDir,
        input: text,
      });
      await runGit(
        ['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`],
        { gitDir },
      );
    }
    const tree = await runGitText(['write-tree'], { gitDir });
    const patch = await runGit(
      ['diff', '--binary', '--full-index', base, tree],
      { gitDir },
    );
    return patch.toString('utf8');
  } finally {
    await borrowed.remove();
  }
}
