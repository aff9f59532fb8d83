import { blockFrom, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const HEAD = /^(\S.{0,400}\.java):(\d{1,7}): (error|warning): (.+)$/;
const SYMBOL = /^\s+symbol:\s+(.+)$/;

/** javac, also where Gradle or Ant runs it. */
export const javacErrors: ErrorExtractor = {
  tool: 'javac',
  read(lines, at) {
    const head = HEAD.exec(lines[at]);
    if (!head) return undefined;
    const [, file, line, kind, words] = head;
    const block = blockFrom(
      lines,
      at,
      (next, index) =>
        /^\s/.test(next) || (index === at + 1 && !HEAD.test(next)),
    );
    if (kind === 'warning') return { errors: [], lines: block.length };
    const caret = block.findIndex(each => /^\s*\^$/.test(each));
    const symbol = block.map(each => SYMBOL.exec(each)?.[1]).find(Boolean);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'javac',
          rank: 'cause',
          ...placeOf(file, line),
          ...(caret > 0 && { column: block[caret].length }),
          message: symbol ? `${words}: ${symbol}` : words,
          ...(caret > 1 && { detail: block[caret - 1].trim() }),
        },
      ],
    };
  },
};
