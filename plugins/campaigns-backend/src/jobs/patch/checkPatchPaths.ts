import { InputError } from '@backstage/errors';
import { PatchedFile } from './parsePatch';

/** Names under which some file system finds `.git`: other case, trailing dots or spaces, the short name on Windows. */
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i;

/**
 * Refuses a patch that reaches outside the target's folder or into what git
 * itself reads.
 *
 * @param folder - of the target, without slashes at the ends; empty for the whole repository
 * @throws InputError
 */
export function checkPatchPaths(files: PatchedFile[], folder: string): void {
  for (const { path } of files) {
    const problem = problemOf(path, folder);
    if (problem) {
      throw new InputError(
        `The patch changes ${JSON.stringify(path)}, which ${problem}`,
      );
    }
  }
}

function problemOf(path: string, folder: string): string | undefined {
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    return 'is not a plain relative path';
  }
  // Characters that HFS+ ignores can hide a name.
  const visible = parts.map(part =>
    part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''),
  );
  if (visible.some(part => GIT_FOLDER.test(part))) {
    return "belongs to git's own folder";
  }
  if (visible.some(part => part.toLowerCase() === '.gitmodules')) {
    return 'declares submodules';
  }
  if (path.includes('\\')) return 'has a backslash';
  if (folder !== '' && !path.startsWith(`${folder}/`)) {
    return `is outside of the target's folder ${folder}`;
  }
  return undefined;
}
