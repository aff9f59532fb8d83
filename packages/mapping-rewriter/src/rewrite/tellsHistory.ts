const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';

/** A day or a month that is past: `2019-11-22`, `11/22/2019`, `22 Nov 2019`, `Nov 22, 2019`, `November 2019`. */
const DATE = new RegExp(
  [
    String.raw`\b(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:0?[1-9]|[12]\d|3[01]))?\b`,
    String.raw`\b(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d\d\b`,
    String.raw`\b(?:(?:0?[1-9]|[12]\d|3[01])\.?\s+)?${MONTH}\.?\s+(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d\b`,
  ].join('|'),
  'i',
);

const PAST =
  /\b(?:(?:was|were|been|be|is|got|has|have|had)\s+(?:\w+\s+)?)?(?:added|introduced|created|renamed|migrated|moved|replaced|replaces|deprecated|removed|dropped|retired|superseded|switched|copied|ported|backfilled|split|merged|changed|fixed|reverted)\b|\b(?:formerly|previously|originally|historically|used to|no longer|back then|legacy|history|until|prior to|as of|since v?\d)\b/i;

/** Whether a line of prose tells what once was: names in it stay true as they are. */
export function tellsHistory(line: string): boolean {
  return DATE.test(line) || PAST.test(line);
}

/** Files that tell what once was. */
const HISTORY_FILE =
  /(^|\/)(change[-_ ]?logs?|changes|history|news|releases?|release[-_ ]?notes?|upgrad(?:e|ing)|migrat(?:ion|ing)[-_ ]?(?:guide|notes?)?|whats[-_ ]?new|decisions?|adrs?)(\.[a-z]+)?(\/|$)/i;

export const isHistoryFile = (path: string) => HISTORY_FILE.test(path);

/**
 * Whether the place lies in prose that tells of the past: in its line, or below
 * a heading of Markdown with a date or a version.
 */
export function isHistory(content: string, at: number, top = 0): boolean {
  const from = content.lastIndexOf('\n', at - 1) + 1;
  const newline = content.indexOf('\n', at);
  const line = content.slice(
    Math.max(from, top),
    newline < 0 ? content.length : newline,
  );
  return tellsHistory(line) || isBelowDatedHeading(content, at, top);
}

function isBelowDatedHeading(
  content: string,
  at: number,
  top: number,
): boolean {
  const before = content.slice(top, at);
  const heading = before.lastIndexOf('\n#');
  const start = heading < 0 && before.startsWith('#') ? 0 : heading + 1;
  if (heading < 0 && start === 0 && !before.startsWith('#')) {
    return false;
  }
  const [title] = before.slice(start).split('\n', 1);
  return (
    /^#{1,6}\s/.test(title) &&
    (DATE.test(title) ||
      /\bv?\d+\.\d+(?:\.\d+)?\b|\b(?:changelog|history|release notes)\b/i.test(
        title,
      ))
  );
}
