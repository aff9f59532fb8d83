import { readRegion } from '../rewrite/Region';

/** The columns that an expression reads. */
const columnsOf = (expression: string) =>
  readRegion('a.sql', `SELECT ${expression} FROM t`, { dialect: 'bigquery' })
    .tree.scopes.flatMap(scope => scope.refs)
    .map(ref => ref.parts.map(part => part.value).join('.'));

describe('findDatePart', () => {
  it.each([
    ['DATE_TRUNC(date, MONTH)', ['date']],
    ['DATE_TRUNC(date, WEEK(MONDAY))', ['date']],
    ['TIMESTAMP_TRUNC(time, DAY, zone)', ['time', 'zone']],
    ['DATE_DIFF(day, date, DAY)', ['day', 'date']],
    ['DATEDIFF(day, date, time)', ['date', 'time']],
    ['DATEADD(hour, 1, time)', ['time']],
    ["date_add('hour', hour, day)", ['hour', 'day']],
    ["dateadd('millisecond', time, started)", ['time', 'started']],
    ['DATE_DIFF(day, a, b)', ['a', 'b']],
    ['LAST_DAY(date, MONTH)', ['date']],
    ['EXTRACT(DAY FROM date)', ['date']],
    ['LOWER(day)', ['day']],
  ])('finds the columns of %s', (expression, columns) => {
    expect(columnsOf(expression)).toEqual(columns);
  });
});
