import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor, FoundError } from '../types';

const COMPILE = /^(?:vet: )?(\S.{0,400}\.go):(\d{1,7})(?::(\d{1,5}))?: (.+)$/;
const TEST = /^\s*--- FAIL: (\S+) \(/;
const SAID = /^\s+([\w./-]+\.go):(\d{1,7}): (.+)$/;
const PANIC = /^panic: (.+?)(?: \[recovered\])?$/;
const FRAME = /^\t(\S+\.go):(\d{1,7})/;

/** go build, vet and test. */
export const goErrors: ErrorExtractor = {
  tool: 'go',
  read(lines, at) {
    const line = lines[at];
    if (/^FAIL(?:\s|$)/.test(line)) {
      const built = /\[(build|setup) failed\]/.test(line);
      return {
        lines: 1,
        errors: built
          ? [{ tool: 'go', rank: 'consequence', message: line }]
          : [],
      };
    }
    const test = TEST.exec(line);
    if (test) return readTest(lines, at, test[1]);
    if (PANIC.test(line)) return readPanic(lines, at, undefined);
    const compile = COMPILE.exec(line);
    if (!compile) return undefined;
    const [, file, row, column, message] = compile;
    const block = blockFrom(lines, at, next => /^\t\S/.test(next));
    const detail = detailOf(block.slice(1), 4);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'go',
          rank: 'cause',
          ...placeOf(file, row, column),
          message,
          ...(detail && { detail }),
        },
      ],
    };
  },
};

function readTest(lines: readonly string[], at: number, test: string) {
  const next = lines[at + 1] ?? '';
  if (PANIC.test(next)) {
    const panic = readPanic(lines, at + 1, test);
    return { ...panic, lines: panic.lines + 1 };
  }
  // A test whose subtests fail says nothing itself: they follow.
  if (TEST.test(next)) return { errors: [], lines: 1 };
  const block = blockFrom(
    lines,
    at,
    each => /^\s{4,}\S/.test(each) && !TEST.test(each),
  );
  const said = block
    .map(each => SAID.exec(each))
    .filter((each): each is RegExpExecArray => each !== null);
  const [first] = said;
  const detail = detailOf(block.slice(2), 6);
  return {
    lines: block.length,
    errors: [
      {
        tool: 'go',
        rank: 'test' as const,
        ...placeOf(first?.[1], first?.[2]),
        test,
        message: first?.[3] ?? block[1]?.trim() ?? 'failed',
        ...(detail && { detail }),
      },
    ],
  };
}

function readPanic(
  lines: readonly string[],
  at: number,
  test: string | undefined,
) {
  const block = blockFrom(lines, at, next => !/^(?:FAIL|ok)\s/.test(next));
  const frame = block
    .map(each => FRAME.exec(each))
    .find(each => each && !each[1].startsWith('/'));
  const error: FoundError = {
    tool: 'go',
    rank: test ? 'test' : 'cause',
    ...placeOf(frame?.[1], frame?.[2]),
    ...(test && { test }),
    message: `panic: ${PANIC.exec(block[0])![1]}`,
  };
  return { lines: block.length, errors: [error] };
}
