import fc from 'fast-check';
import { JobEvent } from '@skein/plugin-campaigns-common';
import { appendEvents } from './appendEvents';
import { refreshInterval } from './refreshInterval';

function event(id: number): JobEvent {
  return {
    id,
    jobId: 'j',
    attempt: 1,
    at: '2026-11-20T00:00:00Z',
    type: 'log',
    level: 'info',
    message: `line ${id}`,
  };
}

describe('appendEvents', () => {
  it('keeps every line once and in order, however pages overlap', () => {
    fc.assert(
      fc.property(
        fc.nat(40),
        fc.array(fc.nat(10), { maxLength: 8 }),
        (total, overlaps) => {
          const all = Array.from({ length: total }, (_, index) =>
            event(index + 1),
          );
          let known: JobEvent[] = [];
          for (const overlap of overlaps) {
            const start = Math.max(0, known.length - overlap);
            known = appendEvents(known, all.slice(start, start + 12));
          }
          expect(known).toEqual(all.slice(0, known.length));
        },
      ),
    );
  });

  it('gives back the same list where nothing is new, so that nothing is drawn again', () => {
    const known = [event(1), event(2)];
    expect(appendEvents(known, [event(2)])).toBe(known);
  });

  it('keeps the newest within its bound', () => {
    const known = appendEvents([event(1), event(2)], [event(3)], 2);
    expect(known.map(({ id }) => id)).toEqual([2, 3]);
  });
});

describe('refreshInterval', () => {
  const now = 1_000_000;

  it('polls often while things move and nobody tells', () => {
    expect(
      refreshInterval({ moving: true, lastSignalAt: undefined, now }),
    ).toBe(5_000);
    expect(
      refreshInterval({ moving: true, lastSignalAt: now - 60_000, now }),
    ).toBe(5_000);
  });

  it('polls seldom at rest, or while signals come', () => {
    expect(
      refreshInterval({ moving: false, lastSignalAt: undefined, now }),
    ).toBe(30_000);
    expect(
      refreshInterval({ moving: true, lastSignalAt: now - 1_000, now }),
    ).toBe(15_000);
  });
});
