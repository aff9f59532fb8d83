import { FileData, parseDiff } from 'react-diff-view';

/** Files of a git patch; undefined where it cannot be read, so that it can be shown as text. */
export function parsePatch(patch: string): FileData[] | undefined {
  try {
    const files = parseDiff(patch, { nearbySequences: 'zip' });
    // The parser makes a nameless file of anything else.
    return files.length > 0 && files.every(filePath) ? files : undefined;
  } catch {
    return undefined;
  }
}

/** The path that a person knows a file by. */
export function filePath(file: Pick<FileData, 'oldPath' | 'newPath'>): string {
  return file.newPath === '/dev/null' ? file.oldPath : file.newPath;
}
