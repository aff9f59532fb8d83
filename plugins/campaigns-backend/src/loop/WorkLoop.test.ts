import { mockServices } from '@backstage/backend-test-utils';
import { WorkLoop } from './WorkLoop';

function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>(done => {
    resolve = done;
  });
  return { promise, resolve };
}

function start(
  options: Partial<Parameters<typeof WorkLoop.start<number>>[0]>,
): WorkLoop<number> {
  return WorkLoop.start<number>({
    name: 'test',
    logger: mockServices.logger.mock(),
    concurrency: 2,
    idleMilliseconds: 60_000,
    claim: async () => [],
    handle: async () => {},
    ...options,
  });
}

describe('WorkLoop', () => {
  it('handles all that is due, never more at a time than allowed', async () => {
    const due = Array.from({ length: 20 }, (_, index) => index);
    const handled: number[] = [];
    const finished = deferred();
    let running = 0;
    let most = 0;
    const loop = start({
      claim: async limit => due.splice(0, limit),
      handle: async item => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        handled.push(item);
        if (handled.length === 20) finished.resolve();
      },
    });
    await finished.promise;
    await loop.stop();
    expect(handled.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(most).toBe(2);
  });

  it('looks again when woken', async () => {
    const due: number[] = [];
    const first = deferred();
    const second = deferred();
    const loop = start({
      claim: async limit => {
        first.resolve();
        return due.splice(0, limit);
      },
      handle: async () => second.resolve(),
    });
    await first.promise;
    due.push(1);
    loop.wake();
    await second.promise;
    expect(due).toEqual([]);
    await loop.stop();
  });

  it('goes on after an error, and logs it', async () => {
    const logger = mockServices.logger.mock();
    const due = [1, 2];
    const done = deferred();
    const loop = start({
      logger,
      concurrency: 1,
      claim: async limit => due.splice(0, limit),
      handle: async item => {
        if (item === 1) throw new Error('broken');
        done.resolve();
      },
    });
    await done.promise;
    await loop.stop();
    expect(logger.error).toHaveBeenCalledWith(
      'test: failed',
      expect.objectContaining({ message: 'broken' }),
    );
  });

  it('waits for what runs when stopped, after telling it', async () => {
    const due = [1];
    const begun = deferred();
    let ended = false;
    const loop = start({
      claim: async limit => due.splice(0, limit),
      handle: async (_item, signal) => {
        begun.resolve();
        await new Promise<void>(resolve =>
          signal.addEventListener('abort', () => resolve()),
        );
        ended = true;
      },
    });
    await begun.promise;
    await loop.stop();
    expect(ended).toBe(true);
  });
});
