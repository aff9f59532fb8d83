import { blockFrom, placeOf } from '../block';
import { ErrorExtractor, FoundError } from '../types';

const PROBLEM =
  /^\s+(\d{1,7}):(\d{1,5})\s+(error|warning)\s+(\S.*?)(?:\s{2,}(@?[\w/-]+))?$/;
const UNIX =
  /^(\S.{0,400}?):(\d{1,7}):(\d{1,5}): (.+) \[(Error|Warning)(?:\/([\w@/-]+))?\]$/;
const TOTAL = /^✖ \d+ problems?/;

/** ESLint, in its own form and in the one of compilers. Warnings fail nothing. */
export const eslintErrors: ErrorExtractor = {
  tool: 'eslint',
  read(lines, at) {
    const line = lines[at];
    const unix = UNIX.exec(line);
    if (unix) {
      const [, file, row, column, message, kind, code] = unix;
      const place = placeOf(file, row, column);
      return {
        lines: 1,
        errors: kind === 'Error' ? [toError(place, message, code)] : [],
      };
    }
    if (TOTAL.test(line)) return { errors: [], lines: 1 };
    if (line[0] === ' ' || !PROBLEM.test(lines[at + 1] ?? '')) return undefined;
    const block = blockFrom(lines, at, next => PROBLEM.test(next));
    return {
      lines: block.length,
      errors: block.slice(1).flatMap(each => {
        const [, row, column, kind, message, code] = PROBLEM.exec(each)!;
        return kind === 'error'
          ? [toError(placeOf(line, row, column), message, code)]
          : [];
      }),
    };
  },
};

function toError(
  place: Pick<FoundError, 'file' | 'line' | 'column'>,
  message: string,
  code: string | undefined,
): FoundError {
  return {
    tool: 'eslint',
    rank: 'cause',
    ...place,
    message,
    ...(code && { code }),
  };
}
