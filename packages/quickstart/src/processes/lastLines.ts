import fs from 'fs';

/** Enough for a few long lines. */
const TAIL_BYTES = 16 * 1024;

/** The last lines of a log, without reading all of it. */
export function lastLines(file: string, count = 20): string {
  let handle: number;
  try {
    handle = fs.openSync(file, 'r');
  } catch {
    return '(there is no such file)';
  }
  try {
    const { size } = fs.fstatSync(handle);
    const length = Math.min(size, TAIL_BYTES);
    const buffer = Buffer.alloc(length);
    fs.readSync(handle, buffer, 0, length, size - length);
    return buffer
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(-count)
      .join('\n');
  } finally {
    fs.closeSync(handle);
  }
}
