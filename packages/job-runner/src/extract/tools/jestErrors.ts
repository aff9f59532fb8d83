import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor, MAX_BLOCK } from '../types';

const TEST = /^ {2}● (.{1,400})$/;
const SUITE = /^FAIL\s+(\S+)/;
const FRAME = /(?<![^\s()])([^\s()]+\.[cm]?[jt]sx?):(\d+):(\d+)\)?$/;
const END =
  /^(?: {2}● |\s?FAIL\s|\s?PASS\s|Test Suites:|Tests:|Summary of all failing)/;

/** Jest. */
export const jestErrors: ErrorExtractor = {
  tool: 'jest',
  read(lines, at) {
    const line = lines[at];
    const test = TEST.exec(line);
    if (test) return readTest(lines, at, test[1], suiteOf(lines, at));
    if (SUITE.test(line)) return { errors: [], lines: 1 };
    return /^(?:Test Suites|Tests|Snapshots):\s+\d/.test(line)
      ? { errors: [], lines: 1 }
      : undefined;
  },
};

function readTest(
  lines: readonly string[],
  at: number,
  name: string,
  suite: string | undefined,
) {
  const block = blockFrom(lines, at, next => !END.test(next));
  const said = block
    .slice(1)
    .filter(each => !/^\s*(?:(?:>\s*)?(?:\d+\s*)?\||at )/.test(each));
  const [message = 'failed', ...rest] = said
    .map(each => each.trimEnd())
    .filter(each => each !== '');
  const frames = block
    .filter(each => /^\s*at /.test(each))
    .map(each => FRAME.exec(each))
    .filter(frame => frame && !frame[1].includes('node_modules'));
  const frame =
    frames.find(each => each?.[1] === suite) ?? frames[0] ?? undefined;
  const didNotRun = name === 'Test suite failed to run';
  const detail = detailOf(rest, 8);
  return {
    lines: block.length,
    errors: [
      {
        tool: 'jest',
        rank: didNotRun ? ('cause' as const) : ('test' as const),
        ...placeOf(frame?.[1] ?? suite, frame?.[2], frame?.[3]),
        ...(!didNotRun && { test: suite ? `${suite} › ${name}` : name }),
        message: message.trim(),
        ...(detail && { detail }),
      },
    ],
  };
}

function suiteOf(lines: readonly string[], at: number): string | undefined {
  for (let back = at - 1; back >= 0 && back > at - MAX_BLOCK; back -= 1) {
    const suite = SUITE.exec(lines[back]);
    if (suite) return suite[1];
  }
  return undefined;
}
