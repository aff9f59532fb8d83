import { ConflictError } from '@backstage/errors';

/** Files that decide what a forge runs, and for whom: a change of data never needs them. */
const guarded =
  /^(\.github\/|(docs\/)?CODEOWNERS$|\.gitmodules$|\.gitattributes$)|\/\.git(modules|attributes)$/i;
const regularModes = new Set(['000000', '100644', '100755']);

/**
 * Checks where a patch went: a runner works on a hostile repository, so what it
 * hands back must stay in the target's folder and among regular files.
 *
 * @param rawDiff - output of `git diff-tree -r -z --raw`
 * @returns the changed paths
 * @throws ConflictError
 */
export function assertAllowedPaths(rawDiff: string, folder: string): string[] {
  const fields = rawDiff.split('\0');
  const paths: string[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [before, after] = fields[index].replace(/^:/, '').split(' ');
    const path = fields[index + 1];
    if (!regularModes.has(before) || !regularModes.has(after)) {
      throw new ConflictError(
        `The change touches '${path}', which is no regular file; only a person may do that`,
      );
    }
    if (folder !== '' && !path.startsWith(`${folder}/`)) {
      throw new ConflictError(
        `The change touches '${path}', outside of its target '${folder}'`,
      );
    }
    if (guarded.test(path)) {
      throw new ConflictError(
        `The change touches '${path}', which decides what the forge runs; only a person may do that`,
      );
    }
    paths.push(path);
  }
  return paths;
}
