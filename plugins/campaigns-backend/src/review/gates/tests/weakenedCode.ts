import { evidenceOf, Finding, ReviewedFile } from '../Gate';
import { isTestFile, TestLanguage, testLanguages } from './languages';

/** Of what says something of a test: `it(`. */
const SHORTEST = 3;

/** Tests of a file that are fewer, skipped, or say less than before. */
export function weakenedCode(file: ReviewedFile): Finding[] {
  const language = testLanguages.find(each => each.extensions.test(file.path));
  if (!language) return emptiedSqlTest(file);
  return [
    ...fewer(file, language, 'declaration', 'tests'),
    ...fewer(file, language, 'assertion', 'assertions'),
    ...added(file, language, 'skip', 'keeps a test from running'),
    ...added(file, language, 'trivial', 'asserts what is always true'),
  ];
}

/** Counts on both sides, comments left out: a test that is commented out is one less. */
function fewer(
  file: ReviewedFile,
  language: TestLanguage,
  pattern: 'declaration' | 'assertion',
  noun: string,
): Finding[] {
  if (
    !isTestFile(file.path) &&
    !countOf(file.before, language, 'declaration')
  ) {
    return [];
  }
  const before = countOf(file.before, language, pattern);
  const after = countOf(file.after, language, pattern);
  if (after >= before) return [];
  const gone = file.removed.find(({ text }) => isA(text, language, pattern));
  return [
    {
      file: file.path,
      line: gone?.line,
      message: `The file had ${before} ${noun} and has ${after} after the change`,
      evidence: gone && evidenceOf(gone.text),
    },
  ];
}

/** Lines that were not there before in the same words. */
function added(
  file: ReviewedFile,
  language: TestLanguage,
  pattern: 'skip' | 'trivial',
  what: string,
): Finding[] {
  const isTest =
    isTestFile(file.path) || countOf(file.after, language, 'declaration') > 0;
  if (!isTest) return [];
  const before = file.removed.filter(({ text }) =>
    isA(text, language, pattern),
  );
  return file.added
    .filter(({ text }) => isA(text, language, pattern))
    .slice(before.length)
    .map(({ line, text }) => ({
      file: file.path,
      line,
      message: `The change ${what}`,
      evidence: evidenceOf(text),
    }));
}

function countOf(
  text: string | undefined,
  language: TestLanguage,
  pattern: 'declaration' | 'assertion',
): number {
  return (text ?? '').split('\n').filter(line => isA(line, language, pattern))
    .length;
}

function isA(
  line: string,
  language: TestLanguage,
  pattern: 'declaration' | 'assertion' | 'skip' | 'trivial',
): boolean {
  return (
    line.length >= SHORTEST &&
    language[pattern].test(line) &&
    !language.comment.test(line)
  );
}

/** A dbt test in SQL fails by its rows: one that can give none always passes. */
function emptiedSqlTest(file: ReviewedFile): Finding[] {
  if (!isTestFile(file.path) || !/\.sql$/i.test(file.path)) return [];
  const line = file.added.find(({ text }) =>
    /\b(?:limit\s+0\b|(?:where|and)\s+(?:false\b|1\s*=\s*0))|enabled\s*=\s*false/i.test(
      text,
    ),
  );
  return line
    ? [
        {
          file: file.path,
          line: line.line,
          message: 'The change makes a SQL test that can find nothing',
          evidence: evidenceOf(line.text),
        },
      ]
    : [];
}
