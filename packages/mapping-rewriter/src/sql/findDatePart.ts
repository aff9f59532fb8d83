import { Cursor } from './Cursor';
import { DATE_PART_FUNCTION, DATE_PARTS } from './keywords';

/** Arguments further on are not looked at. */
const MOST_TOKENS = 200;

/** What stands alone as an argument and could be a date part: its place among the arguments. */
interface Candidate {
  index: number;
  start: number;
}

/**
 * Where the date part stands among the arguments of a call, with the cursor on
 * the first of them: `DATE_TRUNC(date, MONTH)` has it behind, `DATEADD(day, 1,
 * date)` in front, and `date_add('hour', hour, day)` nowhere.
 *
 * @param fn - upper-case name
 * @returns the offset of its word
 */
export function findDatePart(cursor: Cursor, fn: string): number | undefined {
  if (!DATE_PART_FUNCTION.test(fn) || cursor.peek().kind === 'string') {
    return undefined;
  }
  const { candidates, count } = candidatesOf(cursor);
  const front = candidates.find(({ index }) => index === 0);
  const behind = candidates.filter(({ index }) => index > 0);
  const usual = fn.endsWith('DIFF') ? 2 : 1;
  const chosen =
    behind.find(({ index }) => index === usual) ?? behind[behind.length - 1];
  const inFront = /^(DATE|DATETIME|TIMESTAMP|TIME)(ADD|DIFF|PART|SUB)$/.test(
    fn,
  );
  return (inFront ? front ?? chosen : chosen ?? (count > 2 ? front : undefined))
    ?.start;
}

function candidatesOf(cursor: Cursor): {
  candidates: Candidate[];
  count: number;
} {
  const candidates: Candidate[] = [];
  let count = 1;
  let depth = 0;
  for (let ahead = 0; ahead < MOST_TOKENS; ahead++) {
    const token = cursor.peek(ahead);
    if (token.kind === 'word' && depth === 0 && DATE_PARTS.has(token.upper)) {
      const before = ahead === 0 ? ',' : cursor.peek(ahead - 1).text;
      const after = cursor.peek(ahead + 1).text;
      const alone =
        /^[,)]$/.test(after) || (token.upper === 'WEEK' && after === '(');
      if (before === ',' && alone) {
        candidates.push({ index: count - 1, start: token.start });
      }
    }
    if (token.kind === 'op') {
      if (token.text === '(' || token.text === '[') {
        depth += 1;
      } else if (token.text === ')' || token.text === ']') {
        if (depth === 0) {
          break;
        }
        depth -= 1;
      } else if (token.text === ',' && depth === 0) {
        count += 1;
      } else if (token.text === ';') {
        break;
      }
    }
  }
  return { candidates, count };
}
