import { placeOf } from '../block';
import { ErrorExtractor, FoundError } from '../types';

const FILE = /^== \[(.{1,400})\] FAIL$/;
const RULE = /^L: +(\d{1,7}) \| P: +(\d{1,5}) \| +(\w{3,5}) \| (.+)$/;
const MORE = /^ {10,}\| (.+)$/;

/** sqlfluff lint. */
export const sqlfluffErrors: ErrorExtractor = {
  tool: 'sqlfluff',
  read(lines, at) {
    const file = FILE.exec(lines[at])?.[1];
    if (file === undefined) return undefined;
    const errors: FoundError[] = [];
    let next = at + 1;
    for (; next < lines.length; next += 1) {
      const rule = RULE.exec(lines[next]);
      const more = rule ? undefined : MORE.exec(lines[next]);
      if (rule) {
        const [, line, column, code, message] = rule;
        errors.push({
          tool: 'sqlfluff',
          // A text that does not parse makes its other findings worthless.
          rank: 'cause',
          ...placeOf(file, line, column),
          code,
          message,
        });
      } else if (more && errors.length > 0) {
        const last = errors[errors.length - 1];
        last.message = `${last.message} ${more[1]}`.slice(0, 400);
      } else break;
    }
    const parsing = errors.filter(({ code }) => code === 'PRS');
    return {
      lines: next - at,
      errors: parsing.length > 0 ? parsing : errors,
    };
  },
};
