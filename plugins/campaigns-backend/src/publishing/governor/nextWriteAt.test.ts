import fc from 'fast-check';
import { expectedTimes } from './expectedTimes';
import {
  githubWriteLimits,
  nextWriteAt,
  recordWrite,
  WriteHistory,
  WriteKind,
  WriteLimits,
} from './nextWriteAt';

const limitsArbitrary = fc.record({
  minimumInterval: fc.integer({ min: 0, max: 2_000 }),
  contentPerMinute: fc.integer({ min: 1, max: 20 }),
  contentPerHour: fc.integer({ min: 1, max: 60 }),
});

/** Writes as soon as allowed, asking after each pause. */
function simulate(
  limits: WriteLimits,
  requests: Array<{ pause: number; kind: WriteKind }>,
) {
  let history: WriteHistory = { contentWrites: [] };
  let now = 1_000_000;
  return requests.map(({ pause, kind }) => {
    now = nextWriteAt(history, now + pause, limits, kind);
    history = recordWrite(history, now, kind);
    return { at: now, kind };
  });
}

function most(times: number[], span: number): number {
  return Math.max(
    0,
    ...times.map(
      start => times.filter(at => at >= start && at < start + span).length,
    ),
  );
}

describe('nextWriteAt', () => {
  it('keeps every minute, every hour and every pause within the limits', () => {
    fc.assert(
      fc.property(
        limitsArbitrary,
        fc.array(
          fc.record({
            pause: fc.integer({ min: 0, max: 120_000 }),
            kind: fc.constantFrom<WriteKind>('content', 'change'),
          }),
          { maxLength: 150 },
        ),
        (limits, requests) => {
          const writes = simulate(limits, requests);
          const content = writes
            .filter(write => write.kind === 'content')
            .map(write => write.at);
          expect(most(content, 60_000)).toBeLessThanOrEqual(
            limits.contentPerMinute,
          );
          expect(most(content, 3_600_000)).toBeLessThanOrEqual(
            limits.contentPerHour,
          );
          for (let index = 1; index < writes.length; index++) {
            expect(
              writes[index].at - writes[index - 1].at,
            ).toBeGreaterThanOrEqual(limits.minimumInterval);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never waits without a reason: a millisecond earlier would break a limit', () => {
    fc.assert(
      fc.property(
        limitsArbitrary,
        fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 100 }),
        (limits, pauses) => {
          const writes = simulate(
            limits,
            pauses.map(pause => ({ pause, kind: 'content' })),
          ).map(write => write.at);
          const history: WriteHistory = {
            contentWrites: writes,
            lastWriteAt: writes[writes.length - 1],
          };
          const now = writes[writes.length - 1] ?? 0;
          const at = nextWriteAt(history, now, limits);
          if (at === now) return;
          const early = [...writes, at - 1];
          expect(
            most(early, 60_000) > limits.contentPerMinute ||
              most(early, 3_600_000) > limits.contentPerHour ||
              at - 1 - now < limits.minimumInterval,
          ).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('obeys what the forge asked for, for every kind of write', () => {
    const history = { contentWrites: [], blockedUntil: 5_000 };
    expect(nextWriteAt(history, 1_000, githubWriteLimits, 'change')).toBe(
      5_000,
    );
    expect(nextWriteAt(history, 6_000, githubWriteLimits)).toBe(6_000);
  });

  it('lets writes that create no content pass a full hour', () => {
    const limits = {
      minimumInterval: 0,
      contentPerMinute: 1,
      contentPerHour: 1,
    };
    const history = { contentWrites: [1_000], lastWriteAt: 1_000 };
    expect(nextWriteAt(history, 2_000, limits, 'change')).toBe(2_000);
    expect(nextWriteAt(history, 2_000, limits)).toBe(3_601_000);
  });
});

describe('expectedTimes', () => {
  it('gives ascending times at the pace of the limits', () => {
    const times = expectedTimes(
      { contentWrites: [] },
      0,
      githubWriteLimits,
      600,
    );
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBe(1_000);
    expect(times.filter(at => at < 3_600_000)).toHaveLength(250);
    expect(times[599]).toBeGreaterThan(2 * 3_600_000);
  });

  it('starts when the forge lets us write again', () => {
    const [first] = expectedTimes(
      { contentWrites: [], blockedUntil: 90_000 },
      0,
      githubWriteLimits,
      1,
    );
    expect(first).toBe(91_000);
  });
});
