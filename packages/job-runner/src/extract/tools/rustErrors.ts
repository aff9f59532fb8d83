import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const HEAD = /^error(?:\[(E\d+)\])?: (.+)$/;
const ARROW = /^\s*--> (\S.{0,400}):(\d{1,7}):(\d{1,5})$/;
const CONSEQUENCE =
  /^(?:could not compile|test failed, to rerun|aborting due to|process didn't exit|\d+ targets? failed)/;
const STDOUT = /^---- (\S.{0,300}) stdout ----$/;
const PANICKED =
  /^thread '.{1,300}?'(?: \(\d+\))? panicked at (?:'(.*)', )?(\S.{0,300}?):(\d{1,7}):(\d{1,5}):?$/;

/** rustc, clippy, and cargo's tests. */
export const rustErrors: ErrorExtractor = {
  tool: 'rust',
  read(lines, at) {
    const test = STDOUT.exec(lines[at]);
    if (test) return readTest(lines, at, test[1]);
    const head = HEAD.exec(lines[at]);
    if (!head) return undefined;
    const [, code, message] = head;
    const block = blockFrom(
      lines,
      at,
      next => /^\s|^\d+ +\||^\.\.\.$/.test(next) && next !== '',
    );
    const arrow = block.map(each => ARROW.exec(each)).find(Boolean);
    if (CONSEQUENCE.test(message)) {
      return {
        lines: block.length,
        errors: [{ tool: 'rust', rank: 'consequence', message }],
      };
    }
    // Many programs say `error: …`; a place or a number is rustc's.
    if (!arrow && !code) return undefined;
    const marked = block
      .filter(each => /^\s*\|\s+(?:\|\s*)?[\^-]+ \S/.test(each))
      .map(each => each.replace(/^\s*\|\s+[|\s]*[\^-]+ /, ''));
    const detail = detailOf(marked, 3);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'rust',
          rank: 'cause',
          ...placeOf(arrow?.[1], arrow?.[2], arrow?.[3]),
          ...(code && { code }),
          message,
          ...(detail && { detail }),
        },
      ],
    };
  },
};

function readTest(lines: readonly string[], at: number, test: string) {
  const block = blockFrom(
    lines,
    at,
    next => !STDOUT.test(next) && !/^(?:failures:|test result:)/.test(next),
  );
  const start = block.findIndex(each => PANICKED.test(each));
  const panicked = start < 0 ? undefined : PANICKED.exec(block[start])!;
  const rest = start < 0 ? block.slice(1) : block.slice(start + 1);
  const end = rest.findIndex(each => /^(?:stack backtrace|note: )/.test(each));
  const said = (end < 0 ? rest : rest.slice(0, end)).filter(
    each => each.trim() !== '',
  );
  const [message = 'failed', ...more] = panicked?.[1]
    ? [panicked[1], ...said]
    : said;
  const detail = detailOf(more, 6);
  return {
    lines: block.length,
    errors: [
      {
        tool: 'rust',
        rank: 'test' as const,
        ...placeOf(panicked?.[2], panicked?.[3], panicked?.[4]),
        test,
        message: message.trim(),
        ...(detail && { detail }),
      },
    ],
  };
}
