import { placeOf } from '../block';
import { ErrorExtractor } from '../types';

/** gcc, clang, mypy and all who write alike. */
const HEAD =
  /^([^\s:][^:]{0,400}\.(\w{1,8})):(\d{1,7}):(?:(\d{1,5}):)? (?:fatal )?error: (.+?)(?:\s+\[([\w-]+)\])?$/;
/** flake8, and ruff in its short form. */
const RULE =
  /^([^\s:][^:]{0,400}\.pyi?):(\d{1,7}):(\d{1,5}):? ([A-Z]{1,4}\d{2,4}) (?:\[\*\] )?(.+)$/;

/** A place, the word error, and what is wrong; or a place and a rule. */
export const compilerErrors: ErrorExtractor = {
  tool: 'compiler',
  read(lines, at) {
    const line = lines[at];
    const rule = RULE.exec(line);
    if (rule) {
      const [, file, row, column, code, message] = rule;
      return {
        lines: 1,
        errors: [
          {
            tool: 'python-lint',
            rank: 'cause',
            ...placeOf(file, row, column),
            code,
            message,
          },
        ],
      };
    }
    const head = HEAD.exec(line);
    if (!head) return undefined;
    const [, file, extension, row, column, message, code] = head;
    return {
      lines: 1,
      errors: [
        {
          tool: /^pyi?$/.test(extension) ? 'mypy' : 'compiler',
          rank: 'cause',
          ...placeOf(file, row, column),
          ...(code && { code }),
          message,
        },
      ],
    };
  },
};
