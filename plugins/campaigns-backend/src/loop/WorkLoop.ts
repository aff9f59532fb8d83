import { LoggerService } from '@backstage/backend-plugin-api';

/** What a loop does; it knows nothing of its domain. */
export interface WorkLoopOptions<T> {
  /** For the log. */
  name: string;
  logger: LoggerService;
  /** Items handled at one time. */
  concurrency: number;
  /** Takes up to `limit` items that are due; each is this loop's until it is handled. */
  claim(limit: number): Promise<T[]>;
  /** Handles one item; what it throws is logged. */
  handle(item: T, signal: AbortSignal): Promise<void>;
  /** How long to wait, in milliseconds, before looking again where nothing was due. */
  idleMilliseconds: number;
}

/**
 * Claims and handles items, a bounded number at a time, until stopped.
 *
 * It sleeps where nothing is due and looks again after a while, when an item is
 * done, or when woken.
 */
export class WorkLoop<T> {
  readonly #options: WorkLoopOptions<T>;
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #wake: () => void = () => {};
  #woken = false;
  #finished: Promise<void> = Promise.resolve();

  private constructor(options: WorkLoopOptions<T>) {
    this.#options = options;
  }

  static start<T>(options: WorkLoopOptions<T>): WorkLoop<T> {
    const loop = new WorkLoop(options);
    loop.#finished = loop.#loop();
    return loop;
  }

  /** Looks for items now. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Takes nothing new, aborts the signal of what runs, and waits until it has ended. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#wake();
    await this.#finished;
    await Promise.allSettled(this.#running);
  }

  async #loop(): Promise<void> {
    const { claim, concurrency, logger, name } = this.#options;
    while (!this.#abort.signal.aborted) {
      this.#woken = false;
      const free = concurrency - this.#running.size;
      let claimed = 0;
      if (free > 0) {
        try {
          const items = await claim(free);
          claimed = items.length;
          for (const item of items) this.#start(item);
        } catch (error) {
          logger.error(`${name}: could not look for work`, error as Error);
        }
      }
      // A full claim may have left more behind: look again as long as there is room.
      if (claimed < free || free === 0) await this.#sleep();
    }
  }

  #start(item: T): void {
    const { handle, logger, name } = this.#options;
    const running = handle(item, this.#abort.signal)
      .catch(error => logger.error(`${name}: failed`, error))
      .finally(() => {
        this.#running.delete(running);
        this.wake();
      });
    this.#running.add(running);
  }

  async #sleep(): Promise<void> {
    if (this.#woken || this.#abort.signal.aborted) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, this.#options.idleMilliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => {};
  }
}
