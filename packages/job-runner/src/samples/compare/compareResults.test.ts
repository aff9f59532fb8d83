import fc from 'fast-check';
import { ResultTable } from '../warehouse/Warehouse';
import { compareResults } from './compareResults';

const options = { byPlace: false, renamed: false, ordered: false };

const table = (
  names: string[],
  rows: unknown[][],
  types = names.map(() => 'VARCHAR'),
): ResultTable => ({ names, types, rows, cut: false });

const cell = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const rows = fc.array(fc.tuple(cell, cell), { maxLength: 20 });

describe('compareResults', () => {
  it('finds nothing between the same rows in any order, unless they are ordered', () => {
    fc.assert(
      fc.property(
        rows.chain(some =>
          fc.tuple(
            fc.constant(some),
            fc.shuffledSubarray(some, {
              minLength: some.length,
              maxLength: some.length,
            }),
          ),
        ),
        ([some, shuffled]) => {
          const a = table(['x', 'y'], some);
          expect(
            compareResults(a, table(['x', 'y'], shuffled), options),
          ).toEqual([]);
          expect(compareResults(a, a, { ...options, ordered: true })).toEqual(
            [],
          );
        },
      ),
    );
  });

  it('finds a row that is gone, a row too many, and a value that is another', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (some, pick) => {
        const a = table(['x', 'y'], some);
        const more = table(['x', 'y'], [...some, ['new', 'row']]);
        expect(compareResults(a, more, options)).not.toEqual([]);
        expect(compareResults(more, a, options)).not.toEqual([]);
        fc.pre(some.length > 0);
        const at = pick % some.length;
        const changed = some.map((row, index) =>
          index === at ? [row[0], 'another'] : row,
        );
        fc.pre(some[at][1] !== 'another');
        expect(
          compareResults(a, table(['x', 'y'], changed), options),
        ).not.toEqual([]);
      }),
    );
  });

  it.each<[string, ResultTable, ResultTable, string[]]>([
    [
      'numbers within the tolerance, wherever rounding cuts',
      table(['x'], [[0.1 + 0.2], [1.0000000005], ['2.50']], ['DOUBLE']),
      table(['x'], [[0.3], [1.0000000004999], ['2.500']], ['DOUBLE']),
      [],
    ],
    [
      'a missing column before all else',
      table(['a', 'b'], [['1', '2']]),
      table(['a'], [['9']]),
      ['gives no column b any more'],
    ],
    [
      'columns by their names, not their places',
      table(['a', 'b'], [['1', '2']]),
      table(['b', 'A'], [['2', '1']]),
      [],
    ],
    [
      'no names that the query does not give',
      table(['count_star()'], [['1']], ['BIGINT']),
      table(['count(x)'], [['1']], ['HUGEINT']),
      [],
    ],
    [
      'a change of type',
      table(['a'], [['1']], ['BIGINT']),
      table(['a'], [['1']], ['VARCHAR']),
      ['gives a as VARCHAR, and gave it as INTEGER'],
    ],
    [
      'no more than the first rows',
      table(
        ['a'],
        ['1', '2', '3', '4', '5'].map(a => [a]),
      ),
      table(
        ['a'],
        ['6', '7', '8', '9', '0'].map(a => [a]),
      ),
      [
        "does not give the row (a = '1') any more",
        "does not give the row (a = '2') any more",
        "does not give the row (a = '3') any more",
        'differs in 7 more rows',
      ],
    ],
  ])('tells %s', (_name, before, after, messages) => {
    expect(compareResults(before, after, options)).toEqual(messages);
  });

  it('by place where names do not count', () => {
    expect(
      compareResults(table(['a'], [['1']]), table(['b'], [['1']]), {
        ...options,
        byPlace: true,
      }),
    ).toEqual([]);
  });
});
