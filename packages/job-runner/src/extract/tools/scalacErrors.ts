import { blockFrom, placeOf } from '../block';
import { ErrorExtractor } from '../types';

/** `[error] ` where sbt runs it; the column where the compiler is of 2.13 or later. */
const HEAD =
  /^(\[error\] )?(\S.{0,400}\.(?:scala|sc|sbt)):(\d{1,7})(?::(\d{1,5}))?: (?:error: )?(.+)$/;
const SCALA3 =
  /^\[error\] -- (?:\[(E\d+)\] )?(.{0,80}?Error|Error): (\S.{0,400}?):(\d{1,7}):(\d{1,5})(?: -*)?$/;

/** scalac of 2 and 3, also where sbt runs it. */
export const scalacErrors: ErrorExtractor = {
  tool: 'scalac',
  read(lines, at) {
    return readScala2(lines, at) ?? readScala3(lines, at);
  },
};

function readScala2(lines: readonly string[], at: number) {
  const head = HEAD.exec(lines[at]);
  if (!head || /^warning\b/.test(head[5])) return undefined;
  const [, prefix = '', file, line, column, words] = head;
  const isCaret = (text: string) => /^\s*\^$/.test(text.slice(prefix.length));
  const block = blockFrom(
    lines,
    at,
    (next, index) =>
      next.startsWith(prefix) && !HEAD.test(next) && !isCaret(lines[index - 1]),
  );
  // Without a caret the lines behind belong to something else.
  const end = block.findIndex(isCaret);
  const body = end > 0 ? block.slice(1, end + 1) : [];
  const said = body.slice(0, -2).map(each => each.slice(prefix.length).trim());
  const code = body.slice(-2)[0]?.slice(prefix.length);
  return {
    lines: 1 + body.length,
    errors: [
      {
        tool: 'scalac',
        rank: 'cause' as const,
        ...placeOf(file, line, column),
        message: [words.trim(), ...said]
          .join(' ')
          .replace(/\s+/g, ' ')
          .slice(0, 400),
        ...(code && { detail: code.trim() }),
      },
    ],
  };
}

function readScala3(lines: readonly string[], at: number) {
  const head = SCALA3.exec(lines[at]);
  if (!head) return undefined;
  const [, code, kind, file, line, column] = head;
  const block = blockFrom(lines, at, next =>
    /^\[error\]\s+(?:\d+ *)?\|/.test(next),
  );
  const said = block
    .slice(1)
    .map(each => each.replace(/^\[error\]\s+(?:\d+ *)?\|/, '').trim())
    .filter(each => each !== '' && !/^\^+$/.test(each));
  return {
    lines: block.length,
    errors: [
      {
        tool: 'scalac',
        rank: 'cause' as const,
        ...placeOf(file, line, column),
        message: (said.slice(1).join(' ') || kind).slice(0, 400),
        ...(code && { code }),
        ...(said[0] && { detail: said[0] }),
      },
    ],
  };
}
