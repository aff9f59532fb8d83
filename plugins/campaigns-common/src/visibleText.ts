/**
 * Characters that no reader sees, that move or overwrite others on a terminal,
 * that turn their order, or that are half of one: controls (C0, C1, and with
 * them every escape sequence), directions, separators of lines, tags, soft
 * hyphens and what has no width. U+200C and U+200D stay: scripts and emoji need
 * them.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;
const unseen = new RegExp(UNSEEN, 'gu');
const unseenInLines = new RegExp(`(?![\\n\\t])${UNSEEN.source}`, 'gu');
const unseenRuns = new RegExp(`(?:\\s|${UNSEEN.source})+`, 'gu');

/**
 * A text of somebody else as its readers see it: without characters that are
 * not seen. Line ends (as `\n`) and tabs stay.
 *
 * @param instead - stands where such a character stood; nothing unless given
 * @public
 */
export function visibleText(text: string, instead = ''): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(unseenInLines, instead);
}

/**
 * The same on one line, as it may stand in a log, in a message or on a
 * terminal: it begins no other line, and hides nothing of its own.
 *
 * @param length - characters at most; what is cut off ends in `…`
 * @public
 */
export function visibleLine(text: string, length = 500): string {
  // Of a megabyte no more is looked at than can be shown.
  const line = text
    .slice(0, 4 * length + 100)
    .replace(unseenRuns, ' ')
    .trim();
  return line.length > length
    ? `${line
        .slice(0, length - 1)
        .replace(unseen, '')
        .trimEnd()}…`
    : line;
}
