/** Names under which some file system finds `.git`: other case, trailing dots or spaces, the short name on Windows. */
const GIT_FOLDER = /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i;

/** Longer paths cannot be checked out everywhere (macOS ends at 1,024 bytes), and take long to compare with patterns. */
const MOST_BYTES = 1_000;

/**
 * What speaks against a change to a path: it reaches outside of the target's
 * folder, or into what git itself reads.
 *
 * @param folder - of the target, without slashes at the ends; empty for the whole repository
 * @returns the rest of a sentence that starts with the path; undefined where nothing does
 * @public
 */
export function pathProblem(path: string, folder: string): string | undefined {
  if (Buffer.byteLength(path) > MOST_BYTES) {
    return `is longer than ${MOST_BYTES} bytes`;
  }
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
