import { MAX_BLOCK } from './types';

/**
 * Lines from `at` on for as long as they belong together, at most `MAX_BLOCK`;
 * the first one always does.
 */
export function blockFrom(
  lines: readonly string[],
  at: number,
  belongs: (line: string, index: number) => boolean,
): string[] {
  const end = Math.min(lines.length, at + MAX_BLOCK);
  let next = at + 1;
  while (next < end && belongs(lines[next], next)) next += 1;
  return lines.slice(at, next);
}

/** The first lines of a text for a person, without common indentation and blank ends. */
export function detailOf(
  lines: readonly string[],
  maxLines: number,
): string | undefined {
  const telling = lines.filter(line => line.trim() !== '').slice(0, maxLines);
  if (telling.length === 0) return undefined;
  const indent = Math.min(
    ...telling.map(line => line.length - line.trimStart().length),
  );
  return telling.map(line => line.slice(indent, indent + 200)).join('\n');
}

/** Numbers of a place; what was not captured is left out. */
export function placeOf(
  file: string | undefined,
  line?: string,
  column?: string,
): { file?: string; line?: number; column?: number } {
  return {
    ...(file !== undefined && { file: file.replace(/^\.\//, '') }),
    ...(line !== undefined && { line: Number(line) }),
    ...(column !== undefined && { column: Number(column) }),
  };
}
