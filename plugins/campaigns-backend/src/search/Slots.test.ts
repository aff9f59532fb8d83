import { Slots } from './Slots';

/** Work that ends when it is told to. */
function work() {
  let end!: () => void;
  const ended = new Promise<void>(resolve => {
    end = resolve;
  });
  return { end, run: jest.fn(() => ended) };
}

describe('Slots', () => {
  it('runs so many at a time, in order, whatever becomes of them', async () => {
    const slots = new Slots(1);
    const { signal } = new AbortController();
    const [first, second] = [work(), work()];
    const failing = slots.run(signal, async () => {
      await first.run();
      throw new Error('It failed');
    });
    const next = slots.run(signal, second.run);
    expect(slots.waiting).toBe(1);
    expect(second.run).not.toHaveBeenCalled();
    first.end();
    await expect(failing).rejects.toThrow('It failed');
    second.end();
    await next;
    expect(await slots.run(signal, async () => 'free')).toBe('free');
  });

  it('forgets who does not wait any more', async () => {
    const slots = new Slots(1);
    const { signal } = new AbortController();
    const [first, left] = [work(), work()];
    const running = slots.run(signal, first.run);
    const controller = new AbortController();
    const waiting = slots.run(controller.signal, left.run);
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(slots.waiting).toBe(0);
    first.end();
    await running;
    await expect(slots.run(controller.signal, left.run)).rejects.toThrow(
      /abort/i,
    );
    expect(left.run).not.toHaveBeenCalled();
  });
});
