import { InputError } from '@backstage/errors';
import { pathProblem } from '@skein/job-runner';
import { PatchedFile } from './parsePatch';

/**
 * Refuses a patch that reaches outside the target's folder or into what git
 * itself reads.
 *
 * @param folder - of the target, without slashes at the ends; empty for the whole repository
 * @throws InputError
 */
export function checkPatchPaths(files: PatchedFile[], folder: string): void {
  for (const { path } of files) {
    const problem = pathProblem(path, folder);
    if (problem) {
      throw new InputError(
        `The patch changes ${JSON.stringify(path)}, which ${problem}`,
      );
    }
  }
}
