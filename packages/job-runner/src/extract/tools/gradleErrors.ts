import { blockFrom, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const FAILED = ' FAILED';
const KOTLIN =
  /^e: (?:file:\/\/)?(\S.{0,400}\.kts?):(?:\(?(\d{1,7})[,:] ?(\d{1,5})\)?):? (.+)$/;
const FAILURE =
  /^FAILURE: Build (?:failed with an exception|completed with \d+ failures)\.$/;

/** Gradle, with its tests and the Kotlin compiler; javac's words are read by their own extractor. */
export const gradleErrors: ErrorExtractor = {
  tool: 'gradle',
  read(lines, at) {
    const line = lines[at];
    const test = testOf(line);
    if (test) return readTest(lines, at, test);
    const kotlin = KOTLIN.exec(line);
    if (kotlin) {
      const [, file, row, column, message] = kotlin;
      return {
        lines: 1,
        errors: [
          {
            tool: 'kotlinc',
            rank: 'cause',
            ...placeOf(file, row, column),
            message,
          },
        ],
      };
    }
    return FAILURE.test(line) ? readFailure(lines, at) : undefined;
  },
};

/** As `Gradle Test Executor 1 > UsersTest > name() FAILED`. */
function testOf(line: string): string | undefined {
  if (!line.endsWith(FAILED)) return undefined;
  const names = line.slice(0, -FAILED.length).split(' > ');
  const [suite = '', test = ''] = names.slice(-2);
  return names.length > 1 && /^\S/.test(suite) && test !== ''
    ? `${suite}.${test}`
    : undefined;
}

function readTest(lines: readonly string[], at: number, test: string) {
  const block = blockFrom(lines, at, next => /^\s{2,}\S/.test(next));
  const [, said = 'failed'] = block;
  const place = /(?: at |\()([\w$]{1,200}\.\w{1,20}):(\d{1,7})\)?$/.exec(
    block.find(each => /[\w$]\.\w{1,20}:\d{1,7}\)?$/.test(each)) ?? '',
  );
  return {
    lines: block.length,
    errors: [
      {
        tool: 'gradle',
        rank: 'test' as const,
        test,
        ...placeOf(place?.[1], place?.[2]),
        message: said.trim(),
      },
    ],
  };
}

function readFailure(lines: readonly string[], at: number) {
  const block = blockFrom(lines, at, next => !/^BUILD FAILED/.test(next));
  const start = block.indexOf('* What went wrong:');
  const end = block.findIndex((each, index) => index > start && each === '');
  const said =
    start < 0 ? [] : block.slice(start + 1, end < 0 ? undefined : end);
  return {
    lines: block.length,
    errors: [
      {
        tool: 'gradle',
        rank: 'consequence' as const,
        message: said
          .map(each => each.trim())
          .join(' ')
          .slice(0, 400),
      },
    ],
  };
}
