/** A piece of a text, and whether it is what was searched for. */
export interface TextPiece {
  text: string;
  matches: boolean;
}

/** Cuts a text at its matches; ranges that overlap or lie outside do no harm. */
export function markText(
  text: string,
  ranges: Array<[number, number]>,
): TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const start = Math.min(Math.max(from, at), text.length);
    const end = Math.min(Math.max(to, start), text.length);
    if (start > at)
      pieces.push({ text: text.slice(at, start), matches: false });
    if (end > start) {
      pieces.push({ text: text.slice(start, end), matches: true });
    }
    at = end > at ? end : at;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), matches: false });
  return pieces;
}
