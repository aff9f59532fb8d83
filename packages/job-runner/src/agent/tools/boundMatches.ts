/** Bounds of what a search answers. */
export const matchBounds = {
  /** Matches in all. */
  all: 200,
  /** Matches of one file. */
  perFile: 50,
  /** Characters of one match, with the name of its file. */
  line: 600,
} as const;

/**
 * Matches within their bounds, with what was left out said in place of it.
 *
 * @param matches - `file:line:text` each, those of a file together; of each file one more than fits is enough
 */
export function boundMatches(matches: string[]): string[] {
  const told: string[] = [];
  const count = new Map<string, number>();
  for (const [index, match] of matches.entries()) {
    if (told.length >= matchBounds.all) {
      const left = matches.length - index;
      return [...told, `… and ${left} more at least; narrow the search`];
    }
    const file = /^(.*?):\d+:/.exec(match)?.[1] ?? '';
    const number = (count.get(file) ?? 0) + 1;
    count.set(file, number);
    if (number <= matchBounds.perFile) {
      told.push(boundLine(match));
    } else if (number === matchBounds.perFile + 1) {
      told.push(`… and more in ${file}; its first ${number - 1} are above`);
    }
  }
  return told;
}

function boundLine(match: string): string {
  const left = match.length - matchBounds.line;
  return left > 0
    ? `${match.slice(
        0,
        matchBounds.line,
      )} [… ${left} characters are cut here …]`
    : match;
}
