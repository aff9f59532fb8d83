import { blockFrom, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const PRETTIER = /^\[warn\] (\S.*\.\w+)$/;
const PRETTIER_ERROR =
  /^\[error\] (\S.{0,400}?): (\w+Error: .+?)(?: \((\d+):(\d+)\))?$/;
const BLACK = /^[Ww]ould reformat:? (\S.*)$/;
const BLACK_ERROR = /^error: cannot format (\S.{0,400}?): (.+)$/;
const SCALAFMT =
  /^(?:\[(?:error|warn)\] )?(\S.*\.(?:scala|sbt)) isn't formatted properly!$/;

/** Files that a formatter would change: Prettier, Black, Ruff, scalafmt. */
export const formatterErrors: ErrorExtractor = {
  tool: 'formatter',
  read(lines, at) {
    const line = lines[at];
    const broken = PRETTIER_ERROR.exec(line) ?? BLACK_ERROR.exec(line);
    if (broken) {
      const [, file, message, row, column] = broken;
      const block = blockFrom(lines, at, next => /^\[error\] [> ]/.test(next));
      return {
        lines: block.length,
        errors: [
          {
            tool: toolOf(line),
            rank: 'cause',
            ...placeOf(file, row, column),
            message,
          },
        ],
      };
    }
    const file = (PRETTIER.exec(line) ??
      BLACK.exec(line) ??
      SCALAFMT.exec(line))?.[1];
    if (file === undefined || / in \d+ files/.test(file)) return undefined;
    return {
      lines: 1,
      errors: [
        {
          tool: toolOf(line),
          rank: 'cause',
          ...placeOf(file),
          message: 'is not formatted',
        },
      ],
    };
  },
};

function toolOf(line: string): string {
  if (/formatted properly/.test(line)) return 'scalafmt';
  if (line.startsWith('Would reformat:')) return 'ruff';
  return line.startsWith('[') ? 'prettier' : 'black';
}
