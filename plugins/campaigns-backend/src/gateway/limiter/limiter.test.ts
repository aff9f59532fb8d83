import fc from 'fast-check';
import { adaptLimit, LimitState } from './adaptLimit';
import { CallLimiter, CallSlot } from './CallLimiter';

const never = new AbortController().signal;

describe('adaptLimit', () => {
  const fresh: LimitState = { limit: 16, successes: 0, settledAt: 0 };

  it('halves once for all that were refused together, and again when that was not enough', () => {
    let state = adaptLimit(fresh, 'refused', 1_000, 16);
    expect(state.limit).toBe(8);
    for (let i = 0; i < 10; i += 1) {
      state = adaptLimit(state, 'refused', 1_100 + i, 16);
    }
    expect(state.limit).toBe(8);
    expect(adaptLimit(state, 'refused', 7_000, 16).limit).toBe(4);
  });

  it('finds its way back one by one, and stays between one and the most', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            event: fc.constantFrom('succeeded' as const, 'refused' as const),
            after: fc.nat(10_000),
          }),
          { maxLength: 200 },
        ),
        events => {
          let state = fresh;
          let now = 0;
          for (const { event, after } of events) {
            now += after;
            const next = adaptLimit(state, event, now, 16);
            expect(next.limit).toBeGreaterThanOrEqual(1);
            expect(next.limit).toBeLessThanOrEqual(16);
            expect(next.limit - state.limit).toBeLessThanOrEqual(
              event === 'succeeded' ? 1 : 0,
            );
            state = next;
          }
        },
      ),
    );
    let state: LimitState = { limit: 2, successes: 0, settledAt: 0 };
    for (let i = 0; i < 5; i += 1)
      state = adaptLimit(state, 'succeeded', 0, 16);
    expect(state.limit).toBe(4);
  });
});

describe('CallLimiter', () => {
  /** Asks for a place for each, and says in which order they came. */
  function crowd(limiter: CallLimiter, campaigns: string[]) {
    const order: string[] = [];
    const slots: CallSlot[] = [];
    const all = campaigns.map(campaign =>
      limiter.acquire(campaign, never).then(slot => {
        order.push(campaign);
        slots.push(slot);
      }),
    );
    return { order, slots, all: Promise.all(all) };
  }
  const settle = () => new Promise(resolve => setImmediate(resolve));

  it('lets so many in, and the next when one is done', async () => {
    const limiter = new CallLimiter(2);
    const { order, slots } = crowd(limiter, ['a', 'a', 'a']);
    await settle();
    expect(order).toHaveLength(2);
    slots[0].release();
    // Given back twice it still is one place.
    slots[0].release();
    await settle();
    expect(order).toHaveLength(3);
  });

  it('takes turns between campaigns, however many calls one has waiting', async () => {
    const limiter = new CallLimiter(1);
    const { order, slots } = crowd(limiter, ['a', 'a', 'a', 'a', 'b', 'b']);
    for (let done = 0; done < 6; done += 1) {
      await settle();
      slots[done].release();
    }
    expect(order.join('')).toBe('aababa');
  });

  it('forgets who gives up', async () => {
    const limiter = new CallLimiter(1);
    const [slot] = [await limiter.acquire('a', never)];
    const abort = new AbortController();
    const given = limiter.acquire('b', abort.signal);
    const next = limiter.acquire('c', never);
    abort.abort(new Error('gone'));
    await expect(given).rejects.toThrow('gone');
    slot.release();
    await expect(next).resolves.toBeDefined();
  });

  it('starts nothing for as long as the provider asks', async () => {
    jest.useFakeTimers();
    try {
      const limiter = new CallLimiter(4);
      limiter.refused(3_000);
      expect(limiter.limit).toBe(2);
      const entered = jest.fn();
      const waiting = limiter.acquire('a', never).then(entered);
      await jest.advanceTimersByTimeAsync(2_900);
      expect(entered).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(200);
      await waiting;
      expect(entered).toHaveBeenCalled();
    } finally {
      jest.useRealTimers();
    }
  });
});
