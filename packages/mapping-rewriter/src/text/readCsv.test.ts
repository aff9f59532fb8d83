import fc from 'fast-check';
import { CsvProblem, readCsv } from './readCsv';

const valuesOf = (text: string, trim = false) =>
  readCsv(text, { trim }).map(({ fields }) => fields.map(each => each.value));

describe('readCsv', () => {
  it('reads what was written, whatever the values hold', () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('', ',', '"', '\n', '\r\n', ' a ', 'a"b', '\r'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 2, maxLength: 5 }), {
          maxLength: 8,
        }),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, lineEnd) => {
          const text = rows
            .map(row =>
              row.map(each => `"${each.replaceAll('"', '""')}"`).join(','),
            )
            .join(lineEnd);
          expect(valuesOf(text)).toEqual(rows);
        },
      ),
    );
  });

  it('reads any text, or says in which line it is no CSV', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '\ufeff'))
          .map(each => each.join('')),
        fc.boolean(),
        (text, trim) => {
          let problem: unknown;
          try {
            readCsv(text, { trim });
          } catch (error) {
            problem = error;
          }
          const lines = text.split(/\r\n?|\n/).length;
          expect(
            problem === undefined ||
              (problem instanceof CsvProblem &&
                problem.line >= 1 &&
                problem.line <= lines),
          ).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('tells empty values in quotes from others, and the line of each record', () => {
    expect(readCsv('\ufeffa,""\n\n"b\nc",\r\n')).toEqual([
      {
        fields: [
          { value: 'a', quoted: false },
          { value: '', quoted: true },
        ],
        line: 1,
      },
      {
        fields: [
          { value: 'b\nc', quoted: true },
          { value: '', quoted: false },
        ],
        line: 4,
      },
    ]);
  });

  it('takes away the space around values where it is told to', () => {
    expect(valuesOf(' a , "b " ,\tc\u00a0\n  \n', true)).toEqual([
      ['a', 'b ', 'c'],
    ]);
    expect(valuesOf(' a ,b ')).toEqual([[' a ', 'b ']]);
  });

  it.each([
    ['a,b\nc,d"e', 2, 'in its midst'],
    ['a\n"b\nc', 2, 'is not closed'],
    ['a\n"b" c', 2, 'goes on'],
  ])('refuses %j', (text, line, message) => {
    expect(() => readCsv(text)).toThrow(message);
    expect(() => readCsv(text)).toThrow(expect.objectContaining({ line }));
  });
});
