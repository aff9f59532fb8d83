/** A text with at most so many bytes as UTF-8; one that is cut says so by its last character. */
export function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  // Bytes of a character that was cut become one replacement, which goes too.
  const cut = bytes.subarray(0, maxBytes - 6).toString('utf8');
  return `${cut.replace(/\uFFFD+$/, '')}…`;
}

/** The last part of a text with at most so many bytes, from the start of a line where it can. */
export function lastPart(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  const part = bytes.subarray(bytes.length - maxBytes + 6).toString('utf8');
  const lineEnd = part.indexOf('\n');
  return `…${part
    .slice(lineEnd >= 0 ? lineEnd + 1 : 0)
    .replace(/^\uFFFD+/, '')}`;
}
