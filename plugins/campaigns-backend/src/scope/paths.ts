/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder that holds a file or folder; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether a path is a folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/**
 * The deepest of some folders that holds a path, itself counted.
 *
 * @param folders - a list that does not change any more
 */
export function deepestWithin<T extends { path: string }>(
  path: string,
  folders: readonly T[],
): T | undefined {
  const known = byPath(folders);
  for (let folder = path; ; folder = folderOf(folder)) {
    const found = known.get(folder);
    if (found || folder === '') return found as T | undefined;
  }
}

/** Lists of folders are long in large repositories, and asked for each file. */
const indexes = new WeakMap<object, Map<string, unknown>>();

function byPath(folders: readonly { path: string }[]): Map<string, unknown> {
  let index = indexes.get(folders);
  if (!index) {
    index = new Map();
    for (const folder of folders) {
      if (!index.has(folder.path)) index.set(folder.path, folder);
    }
    indexes.set(folders, index);
  }
  return index;
}
