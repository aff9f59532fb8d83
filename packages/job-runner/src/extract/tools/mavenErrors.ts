import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor, FoundError, Reading } from '../types';

const COMPILER =
  /^\[ERROR\] (\S.{0,400}\.\w{1,8}):\[(\d{1,7}),(\d{1,5})\] (.+)$/;
/** Checkstyle and others that write a place as compilers do. */
const RULE =
  /^\[(?:ERROR|WARN|WARNING)\] (\S.{0,400}\.\w{1,8}):(\d{1,7})(?::(\d{1,5}))?: (.+?)(?: \[(\w+)\])?\.?$/;
const TEST =
  /^\[ERROR\] (?:([\w$.[\]]+)\(([\w$.]+)\)|([\w$.]+(?:\[[^\]]{0,80}\])?)) +(?:-- )?Time elapsed: .* <<< (?:FAILURE|ERROR)!/;
const SYMBOL = /^(?:\[ERROR\])?\s+symbol:\s+(.+)$/;
const GOAL = /^\[ERROR\] Failed to execute goal (.+)$/;
const SAYS_LITTLE =
  /^\[ERROR\] ?(?:$|->|\[Help|To see the full|Re-run Maven|For more info|After correcting|Tests run:|Failures: ?$|Errors: ?$|COMPILATION ERROR|Please refer|mvn <|See .* for the individual)|^\[ERROR\] {2,}\S/;

/** Maven, with its compiler's, Surefire's and Checkstyle's words. */
export const mavenErrors: ErrorExtractor = {
  tool: 'maven',
  read(lines, at) {
    const line = lines[at];
    if (!/^\[(?:ERROR|WARN)/.test(line)) return undefined;
    return (
      readCompiler(lines, at) ??
      readTest(lines, at) ??
      readGoal(lines, at) ??
      readRule(line) ??
      readOther(line)
    );
  },
};

function readCompiler(lines: readonly string[], at: number) {
  const head = COMPILER.exec(lines[at]);
  if (!head) return undefined;
  const [, file, line, column, words] = head;
  const block = blockFrom(lines, at, next =>
    /^(?:\[ERROR\])?\s+(?:symbol|location|required|found|reason):/.test(next),
  );
  const symbol = block.map(each => SYMBOL.exec(each)?.[1]).find(Boolean);
  return one(block.length, {
    tool: 'maven',
    rank: 'cause',
    ...placeOf(file, line, column),
    message: symbol ? `${words}: ${symbol}` : words,
  });
}

function readTest(lines: readonly string[], at: number) {
  const head = TEST.exec(lines[at]);
  if (!head) return undefined;
  const [, method, suite, whole] = head;
  const block = blockFrom(lines, at, next => next !== '' && next[0] !== '[');
  const place = block
    .map(each => /^\s+at .*\(([\w$]+\.\w+):(\d+)\)$/.exec(each))
    .find(Boolean);
  // Surefire counts a whole class as failed, too: its tests say why.
  if (block.length === 1) return { errors: [], lines: 1 };
  return one(block.length, {
    tool: 'maven',
    rank: 'test',
    test: suite ? `${suite}.${method}` : whole,
    ...placeOf(place?.[1], place?.[2]),
    message: block[1].trim(),
    detail: detailOf(
      block.slice(2).filter(each => !/^\s+at /.test(each)),
      6,
    ),
  });
}

/** Repeats what was said above, up to `-> [Help 1]`. */
function readGoal(lines: readonly string[], at: number) {
  const head = GOAL.exec(lines[at]);
  if (!head) return undefined;
  const block = blockFrom(
    lines,
    at,
    (next, index) =>
      next.startsWith('[ERROR]') && !/-> \[Help/.test(lines[index - 1]),
  );
  const [, words] = head;
  return one(block.length, {
    tool: 'maven',
    rank: 'consequence',
    message: words
      .replace(/ -> \[Help \d+\]$/, '')
      .replace(/^(?:\S+ \(\S+\) )?on project (\S+): /, '$1: '),
  });
}

function readRule(line: string) {
  const head = RULE.exec(line);
  if (!head) return undefined;
  const [, file, row, column, message, code] = head;
  return one(1, {
    tool: 'maven',
    rank: 'cause',
    ...placeOf(file, row, column),
    message,
    ...(code && { code }),
  });
}

function readOther(line: string): Reading | undefined {
  if (SAYS_LITTLE.test(line)) return { errors: [], lines: 1 };
  if (!line.startsWith('[ERROR] ')) return undefined;
  return one(1, {
    tool: 'maven',
    rank: 'cause',
    message: line.slice(8).trim(),
  });
}

function one(lines: number, error: FoundError): Reading {
  const { detail, ...rest } = error;
  return { lines, errors: [detail === undefined ? rest : error] };
}
