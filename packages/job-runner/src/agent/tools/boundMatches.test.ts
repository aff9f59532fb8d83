import { boundMatches, matchBounds } from './boundMatches';

const matchesIn = (file: string, count: number) =>
  [...Array(count).keys()].map(index => `${file}:${index + 1}:users_v1`);

describe('boundMatches', () => {
  it('leaves few and short matches as they are', () => {
    const matches = matchesIn('a:b.sql', matchBounds.perFile);
    expect(boundMatches(matches)).toEqual(matches);
    expect(boundMatches([])).toEqual([]);
  });

  it('says of which file there are more', () => {
    const other = matchesIn('b.sql', 2);
    const told = boundMatches([
      ...matchesIn('a.sql', matchBounds.perFile + 1),
      ...other,
    ]);
    expect(told.slice(matchBounds.perFile)).toEqual([
      '… and more in a.sql; its first 50 are above',
      ...other,
    ]);
  });

  it('says how many there are beyond all that fit', () => {
    const matches = [...Array(9).keys()].flatMap(index =>
      matchesIn(`${index}.sql`, 30),
    );
    const told = boundMatches(matches);
    expect(told).toHaveLength(matchBounds.all + 1);
    expect(told.at(-1)).toBe('… and 70 more at least; narrow the search');
  });

  it('says how much of a long line is cut', () => {
    const [told] = boundMatches([`a.sql:1:${'x'.repeat(1_000)}`]);
    expect(told).toMatch(
      /^a\.sql:1:x{592} \[… 408 characters are cut here …\]$/,
    );
  });
});
