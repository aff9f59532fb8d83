import { blockFrom, placeOf } from '../block';
import { ErrorExtractor, MAX_BLOCK } from '../types';

const FAILED = /^\[info\]\s+(?:- )?(.{1,300}?) \*\*\* FAILED \*\*\*/;
const SUITE = /^\[info\] ([\w.$]+):$/;
const PLACE = /\(([\w.-]+\.scala):(\d{1,7})\)/;
const SAYS_LITTLE =
  /^\[error\] (?:\(.{1,200}\) |Total time|Failed tests:|Error during tests:|Passed: |Failed: |Error: Total|\t|(?:one|two|three|four|five|\d+) errors? found|stack trace is suppressed|$)/;

/** sbt, with ScalaTest's and munit's tests; what scalac says is read before. */
export const sbtErrors: ErrorExtractor = {
  tool: 'sbt',
  read(lines, at) {
    const line = lines[at];
    const failed = FAILED.exec(line);
    if (failed) return readTest(lines, at, failed[1]);
    if (SAYS_LITTLE.test(line)) {
      const message = line.replace(/^\[error\]\s*/, '');
      const tells = /^\(/.test(message);
      return {
        lines: 1,
        errors: tells ? [{ tool: 'sbt', rank: 'consequence', message }] : [],
      };
    }
    if (!line.startsWith('[error] ')) return undefined;
    const block = blockFrom(
      lines,
      at,
      next => /^\[error\]\s{2,}/.test(next) || /^\[error\]\s+at /.test(next),
    );
    return {
      lines: block.length,
      errors: [{ tool: 'sbt', rank: 'cause', message: line.slice(8).trim() }],
    };
  },
};

function readTest(lines: readonly string[], at: number, name: string) {
  const block = blockFrom(
    lines,
    at,
    next => /^\[info\]\s{2,}/.test(next) && !FAILED.test(next),
  );
  const said = block.slice(1).map(each => each.slice(6).trim());
  const message = said.find(each => each !== '') ?? 'failed';
  const place = PLACE.exec(block.join('\n'));
  let suite: string | undefined;
  for (let back = at - 1; back >= 0 && back > at - MAX_BLOCK; back -= 1) {
    suite = SUITE.exec(lines[back])?.[1];
    if (suite) break;
  }
  return {
    lines: block.length,
    errors: [
      {
        tool: 'sbt',
        rank: 'test' as const,
        ...placeOf(place?.[1], place?.[2]),
        test: suite ? `${suite}: ${name.trim()}` : name.trim(),
        message: message.replace(PLACE, '').trim(),
      },
    ],
  };
}
