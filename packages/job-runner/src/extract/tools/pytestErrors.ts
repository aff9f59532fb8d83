import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const HEAD =
  /^_{3,} (?:(ERROR) (?:collecting|at (?:setup|teardown) of) )?(\S.{0,300}?) _{3,}$/;
const END = /^(?:_{3,} \S.* _{3,}|={3,} .* ={3,}|={3,})$/;
const PLACE = /^(\S.{0,300}?\.py):(\d{1,7}): ?(?:in (\S+)|(\w*))/;
const FILE =
  /^(?:E\s+)?\s*(?:File "([^"]{1,300})", line (\d{1,7})|file (\S{1,300}), line (\d{1,7}))/;
const SUMMARY = /^(?:FAILED|ERROR) (\S+\.py)(?:::(\S+))?(?: - (.+))?$/;

/** pytest, with long and short tracebacks. */
export const pytestErrors: ErrorExtractor = {
  tool: 'pytest',
  read(lines, at) {
    const line = lines[at];
    const summary = SUMMARY.exec(line);
    if (summary) {
      const [, file, test, message = 'failed'] = summary;
      return {
        lines: 1,
        errors: [
          {
            tool: 'pytest',
            rank: 'consequence',
            file,
            ...(test && { test: `${file}::${test}` }),
            message,
          },
        ],
      };
    }
    const head = HEAD.exec(line);
    return head ? readBlock(lines, at, head) : undefined;
  },
};

function readBlock(
  lines: readonly string[],
  at: number,
  head: RegExpExecArray,
) {
  const [, isError, name] = head;
  const block = blockFrom(lines, at, next => !END.test(next));
  const said = block
    .filter(each => each.startsWith('E '))
    .map(each => each.slice(1));
  const [first, last] = placesOf(block);
  const collecting = isError !== undefined && /^\S+\.py$/.test(name);
  const words = said.map(each => each.trim()).filter(each => each !== '');
  // Of a syntax error the code stands first.
  const at0 = collecting
    ? Math.max(
        0,
        words.findIndex(each =>
          /^[\w.]+(?:Error|Exception|Warning): /.test(each),
        ),
      )
    : 0;
  const detail = detailOf(
    said.filter(each => each.trim() !== words[at0]),
    8,
  );
  const suite = collecting ? name : first?.file;
  return {
    lines: block.length,
    errors: [
      {
        tool: 'pytest',
        rank: collecting ? ('cause' as const) : ('test' as const),
        ...(last ?? (collecting ? { file: name } : {})),
        ...(!collecting && {
          test: suite ? `${suite}::${name.replaceAll('.', '::')}` : name,
        }),
        message: (words[at0] ?? block[1] ?? 'failed').trim(),
        ...(detail && { detail }),
      },
    ],
  };
}

/** The first and the last place of the repository in a traceback. */
function placesOf(block: readonly string[]) {
  const places = block.flatMap(line => {
    const place = PLACE.exec(line);
    const file = place ? undefined : FILE.exec(line);
    const path = place?.[1] ?? file?.[1] ?? file?.[3];
    if (path === undefined || path.startsWith('/')) return [];
    return [placeOf(path, place?.[2] ?? file?.[2] ?? file?.[4])];
  });
  return [places[0], places[places.length - 1]];
}
