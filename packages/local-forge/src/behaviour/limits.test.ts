import fc from 'fast-check';
import { Cost, costOf, secondaryLimits, secondaryWait } from './limits';

const minute = 60_000;

function read(at: number): Cost {
  return { at, points: 1, graphql: false, content: false };
}

describe('secondary limits', () => {
  it('costs reads 1 and writes 5, and knows what makes content', () => {
    const cost = (method: string, path: string) => {
      const { points, content } = costOf({ method, path }, 0);
      return [points, content];
    };
    expect(cost('GET', '/repos/a/b')).toEqual([1, false]);
    expect(cost('POST', '/repos/a/b/pulls')).toEqual([5, true]);
    expect(cost('POST', '/repos/a/b/issues/1/comments')).toEqual([5, true]);
    expect(cost('POST', '/repos/a/b/statuses/abc')).toEqual([5, false]);
    expect(cost('POST', '/repos/a/b/git/refs')).toEqual([5, false]);
    expect(cost('POST', '/app/installations/1/access_tokens')).toEqual([
      5,
      false,
    ]);
    expect(
      costOf({ method: 'POST', path: '/graphql', mutation: false }, 0),
    ).toMatchObject({ points: 1, content: false });
  });

  it('refuses the hundred-and-first concurrent request', () => {
    expect(secondaryWait([], 99, read(0))).toBeUndefined();
    expect(secondaryWait([], 100, read(0))).toBe(1);
  });

  it('never lets more through in any window than the limit, if one waits as told', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            pause: fc.integer({ min: 0, max: 2_000 }),
            write: fc.boolean(),
          }),
          { minLength: 200, maxLength: 400 },
        ),
        requests => {
          const spent: Cost[] = [];
          let now = 0;
          const cost = (at: number, write: boolean): Cost => ({
            at,
            points: write ? 5 : 1,
            graphql: false,
            content: write,
          });
          for (const { pause, write } of requests) {
            now += pause;
            now += 1000 * (secondaryWait(spent, 0, cost(now, write)) ?? 0);
            // Whoever has waited as told is let through.
            spent.push(cost(now, write));
          }
          for (const { at } of spent) {
            const window = spent.filter(
              other => other.at > at - minute && other.at <= at,
            );
            const points = window.reduce((sum, one) => sum + one.points, 0);
            expect(points).toBeLessThanOrEqual(secondaryLimits.pointsPerMinute);
            expect(
              window.filter(({ content }) => content).length,
            ).toBeLessThanOrEqual(secondaryLimits.contentPerMinute);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});
