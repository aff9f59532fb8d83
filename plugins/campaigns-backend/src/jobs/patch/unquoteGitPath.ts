const ESCAPES: Record<string, number> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** Four for each byte of the longest path that may be changed, and more. */
const MOST_CHARACTERS = 16 * 1024;

/**
 * A path as git prints it: plain, or C-quoted with octal escapes for the bytes
 * of other characters.
 *
 * @returns undefined where it is too long, the quoting is broken or the bytes are not UTF-8
 */
export function unquoteGitPath(text: string): string | undefined {
  if (!text.startsWith('"')) return text;
  if (text.length > MOST_CHARACTERS) return undefined;
  const inner = /^"((?:[^"\\]|\\(?:[abtnvfr"\\]|[0-3][0-7]{2}))*)"$/.exec(text);
  if (!inner) return undefined;
  const bytes: Buffer[] = [];
  for (const part of inner[1].matchAll(/\\([0-7]{3}|.)|[^\\]+/gs)) {
    const escape = part[1];
    if (escape === undefined) bytes.push(Buffer.from(part[0]));
    else if (escape.length === 3)
      bytes.push(Buffer.from([parseInt(escape, 8)]));
    else bytes.push(Buffer.from([ESCAPES[escape]]));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.concat(bytes),
    );
  } catch {
    return undefined;
  }
}
