import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const UNITTEST = /^(?:ERROR|FAIL): (\w+) \(([\w.]+)\)/;
const FRAME = /^\s*File "([^"]{1,300})", line (\d{1,7})/;
const EXCEPTION = /^[A-Za-z_][\w.]*(?:: .*)?$/;

/** Tracebacks of Python, alone and of unittest. */
export const pythonErrors: ErrorExtractor = {
  tool: 'python',
  read(lines, at) {
    const test = UNITTEST.exec(lines[at]);
    const start = test ? at + 2 : at;
    if (lines[start] !== 'Traceback (most recent call last):') {
      return undefined;
    }
    const trace = blockFrom(lines, start, next => /^\s|^$/.test(next));
    const exception = lines[start + trace.length] ?? '';
    const more = EXCEPTION.test(exception)
      ? blockFrom(
          lines,
          start + trace.length,
          next => next !== '' && !/^[=-]{5,}$|^Traceback /.test(next),
        )
      : [];
    const frames = trace
      .map(each => FRAME.exec(each))
      .filter((each): each is RegExpExecArray => each !== null);
    const own = frames.filter(([, file]) => !/^[/<]/.test(file));
    const frame = own[own.length - 1] ?? frames[frames.length - 1];
    const detail = detailOf(more.slice(1), 6);
    return {
      lines: start - at + trace.length + more.length,
      errors: [
        {
          tool: test ? 'unittest' : 'python',
          rank: test ? ('test' as const) : ('cause' as const),
          ...placeOf(frame?.[1], frame?.[2]),
          ...(test && {
            test: `${test[2]}.${test[1]}`.replace(/\.(\w+)\.\1$/, '.$1'),
          }),
          message: more[0] ?? 'raised an exception',
          ...(detail && { detail }),
        },
      ],
    };
  },
};
