/** Part of a line, in bytes. @public */
export interface ByteSpan {
  start: number;
  end: number;
}

const MOST_BYTES = 400;
/** What is kept before the first match of a long line. */
const LEAD_BYTES = 80;
const MOST_RANGES = 20;

/**
 * A line as text, cut around its first match where it is long. Bytes that are
 * no UTF-8 become replacement characters.
 *
 * @param spans - what matches, in bytes of the line
 * @returns `ranges` in UTF-16 units of `text`
 * @public
 */
export function cutLine(
  bytes: Buffer,
  spans: ByteSpan[],
): { text: string; ranges: Array<[number, number]> } {
  let length = bytes.length;
  while (length > 0 && isLineBreak(bytes[length - 1])) length -= 1;
  let from = 0;
  let to = length;
  if (length > MOST_BYTES) {
    const wanted = Math.min(spans[0]?.start ?? 0, length) - LEAD_BYTES;
    from = Math.max(0, Math.min(wanted, length - MOST_BYTES));
    to = from + MOST_BYTES;
    // Not in the midst of a character.
    while (from > 0 && isContinuation(bytes[from])) from -= 1;
    while (to < length && isContinuation(bytes[to])) to += 1;
  }
  const before = from > 0 ? '…' : '';
  const after = to < length ? '…' : '';
  const place = (offset: number) =>
    before.length +
    bytes.toString('utf8', from, Math.min(Math.max(offset, from), to)).length;
  return {
    text: before + bytes.toString('utf8', from, to) + after,
    ranges: spans
      .slice(0, MOST_RANGES)
      .map(({ start, end }): [number, number] => [place(start), place(end)])
      .filter(([start, end]) => start < end),
  };
}

function isLineBreak(byte: number): boolean {
  return byte === 10 || byte === 13;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}
