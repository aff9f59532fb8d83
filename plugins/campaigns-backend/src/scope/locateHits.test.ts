import { locateHits } from './locateHits';

const repository = { host: 'github.com', owner: 'acme', name: 'pipelines' };
const sql = 'SELECT 1\n\nFROM users_v1\nUNION ALL\nFROM users_v1\n';

function lines(
  hits: Array<{ line: number; text: string; path?: string }>,
): number[] {
  return locateHits(
    hits.map(hit => ({ repository, path: 'a.sql', ...hit })),
    new Map([['a.sql', sql]]),
  ).map(({ line }) => line);
}

describe('locateHits', () => {
  it('finds the line of a text whose source did not tell it', () => {
    expect(lines([{ line: 1, text: '  FROM users_v1' }])).toEqual([3]);
  });

  it('gives equal texts a line each', () => {
    const hit = { line: 1, text: 'FROM users_v1' };
    expect(lines([hit, hit, hit])).toEqual([3, 5, 1]);
  });

  it('believes a line that fits', () => {
    expect(lines([{ line: 5, text: 'FROM users_v1' }])).toEqual([5]);
  });

  it('leaves alone what it cannot find', () => {
    expect(
      lines([
        { line: 2, text: 'gone' },
        { line: 4, text: 'FROM users_v1', path: 'gone.sql' },
        { line: 1, text: '' },
      ]),
    ).toEqual([2, 4, 1]);
  });
});
