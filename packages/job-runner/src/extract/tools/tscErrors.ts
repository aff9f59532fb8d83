import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const PLAIN = /^(\S.{0,400}?)\((\d{1,7}),(\d{1,5})\): error (TS\d+): (.+)$/;
const PRETTY = /^(\S.{0,400}?):(\d{1,7}):(\d{1,5}) - error (TS\d+): (.+)$/;
const GLOBAL = /^error (TS\d+): (.+)$/;

/** The TypeScript compiler, plain and pretty. */
export const tscErrors: ErrorExtractor = {
  tool: 'tsc',
  read(lines, at) {
    const line = lines[at];
    if (!line.includes('error TS')) return undefined;
    const head = PLAIN.exec(line) ?? PRETTY.exec(line);
    if (!head) {
      const global = GLOBAL.exec(line);
      if (!global) return undefined;
      const [, code, message] = global;
      return {
        lines: 1,
        errors: [{ tool: 'tsc', rank: 'cause', code, message }],
      };
    }
    const [, file, row, column, code, message] = head;
    // Why, in steps, each further in; in the pretty form code comes after it.
    const block = blockFrom(lines, at, next => /^ {2,}\S/.test(next));
    const detail = detailOf(block.slice(1), 4);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'tsc',
          rank: 'cause',
          ...placeOf(file, row, column),
          code,
          message,
          ...(detail && { detail }),
        },
      ],
    };
  },
};
