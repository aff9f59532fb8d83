import { adaptLimit, LimitState } from './adaptLimit';

/** A place among the calls that are under way; to be given back once. */
export interface CallSlot {
  release(): void;
}

interface Waiting {
  enter: () => void;
  leave: (reason: unknown) => void;
}

/**
 * Bounds the calls of this process that are under way at one time, for all
 * jobs together. Waiting calls get their turn campaign by campaign, so that a
 * large campaign does not keep a small one waiting; within one, the first first.
 */
export class CallLimiter {
  readonly #most: number;
  readonly #queues = new Map<string, Waiting[]>();
  #state: LimitState;
  #running = 0;
  #pausedUntil = 0;
  #timer?: NodeJS.Timeout;

  /** @param most - calls at one time when the provider takes them all */
  constructor(most: number) {
    this.#most = most;
    this.#state = { limit: most, successes: 0, settledAt: 0 };
  }

  /** Calls that may be under way at one time now. */
  get limit(): number {
    return this.#state.limit;
  }

  /**
   * Waits for a place.
   *
   * @param signal - gives up the wait; its reason is thrown
   */
  acquire(campaignId: string, signal: AbortSignal): Promise<CallSlot> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const waiting: Waiting = { enter: () => {}, leave: reject };
      const onAbort = () => this.#forget(campaignId, waiting, signal.reason);
      waiting.enter = () => {
        signal.removeEventListener('abort', onAbort);
        resolve(this.#slot());
      };
      signal.addEventListener('abort', onAbort);
      const queue = this.#queues.get(campaignId) ?? [];
      queue.push(waiting);
      this.#queues.set(campaignId, queue);
      this.#admit();
    });
  }

  /** A call went well: a little more may be tried. */
  succeeded(): void {
    this.#state = adaptLimit(this.#state, 'succeeded', Date.now(), this.#most);
    this.#admit();
  }

  /**
   * The provider said that it is too much.
   *
   * @param retryAfterMilliseconds - nothing starts until then
   */
  refused(retryAfterMilliseconds = 0): void {
    const now = Date.now();
    this.#state = adaptLimit(this.#state, 'refused', now, this.#most);
    this.#pausedUntil = Math.max(
      this.#pausedUntil,
      now + retryAfterMilliseconds,
    );
  }

  #slot(): CallSlot {
    let held = true;
    return {
      release: () => {
        if (!held) return;
        held = false;
        this.#running -= 1;
        this.#admit();
      },
    };
  }

  #admit(): void {
    const pause = this.#pausedUntil - Date.now();
    if (pause > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#admit();
      }, pause);
      return;
    }
    while (this.#running < this.#state.limit) {
      const next = this.#next();
      if (!next) return;
      this.#running += 1;
      next.enter();
    }
  }

  /** The campaign whose turn it is goes to the end of the row. */
  #next(): Waiting | undefined {
    const [turn] = this.#queues;
    if (!turn) return undefined;
    const [campaignId, queue] = turn;
    const next = queue.shift();
    this.#queues.delete(campaignId);
    if (queue.length > 0) this.#queues.set(campaignId, queue);
    return next;
  }

  #forget(campaignId: string, waiting: Waiting, reason: unknown): void {
    const queue = this.#queues.get(campaignId);
    const at = queue?.indexOf(waiting) ?? -1;
    if (!queue || at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(campaignId);
    waiting.leave(reason);
  }
}
