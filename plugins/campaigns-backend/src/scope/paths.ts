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

/** The deepest of some folders that holds a path, itself counted. */
export function deepestWithin<T extends { path: string }>(
  path: string,
  folders: T[],
): T | undefined {
  return folders
    .filter(folder => isWithin(path, folder.path))
    .reduce<T | undefined>(
      (deepest, folder) =>
        !deepest || folder.path.length > deepest.path.length ? folder : deepest,
      undefined,
    );
}
