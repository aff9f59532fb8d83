import { setTimeout as sleep } from 'timers/promises';

/** How often one identity may search. */
export interface PaceLimits {
  requests: number;
  windowMilliseconds: number;
}

/** @see https://docs.github.com/en/rest/search/search#rate-limit */
export const githubCodeSearchPace: PaceLimits = {
  requests: 10,
  windowMilliseconds: 60_000,
};

/** As many as are kept in mind, and where a server tells no limit. */
const MOST_REQUESTS = 1_000;

/** What one search may still wait for. */
export interface Patience {
  milliseconds: number;
}

/**
 * Lets an identity search as often as GitHub allows, for all searches of this
 * process together, first come first served.
 */
export class SearchPace {
  readonly #windowMilliseconds: number;
  readonly #now: () => number;
  #requests: number;
  /** When the last requests began, oldest first. */
  #begun: number[] = [];
  #blockedUntil = 0;

  constructor(limits: PaceLimits, now: () => number = Date.now) {
    this.#requests = limits.requests;
    this.#windowMilliseconds = limits.windowMilliseconds;
    this.#now = now;
  }

  /** Milliseconds until a request may begin. */
  get delay(): number {
    const oldest = this.#begun[this.#begun.length - this.#requests];
    const free = oldest === undefined ? 0 : oldest + this.#windowMilliseconds;
    return Math.max(0, free - this.#now(), this.#blockedUntil - this.#now());
  }

  /**
   * Waits for a turn and takes it.
   *
   * @param patience - what was waited is taken off
   * @returns false where the turn comes later than the patience lasts
   */
  async take(patience: Patience, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      signal.throwIfAborted();
      const { delay } = this;
      if (delay === 0) break;
      if (delay > patience.milliseconds) return false;
      patience.milliseconds -= delay;
      // Others may take the turn meanwhile: then it is waited for again.
      await sleep(delay, undefined, { signal });
    }
    this.#begun = [...this.#begun, this.#now()].slice(-MOST_REQUESTS);
    return true;
  }

  /** GitHub said that nothing will be answered for this long. */
  block(milliseconds: number): void {
    this.#blockedUntil = Math.max(
      this.#blockedUntil,
      this.#now() + milliseconds,
    );
  }

  /**
   * What GitHub says of its own count: other processes use the same identity,
   * and an Enterprise server may allow more, or anything.
   */
  observe(headers: Record<string, string | number | undefined>): void {
    const allowed = Number(headers['x-ratelimit-limit'] ?? MOST_REQUESTS);
    if (allowed > 0) this.#requests = Math.min(allowed, MOST_REQUESTS);
    const remaining = Number(headers['x-ratelimit-remaining'] ?? NaN);
    const reset = Number(headers['x-ratelimit-reset'] ?? NaN) * 1_000;
    if (remaining === 0 && reset > this.#now()) {
      // Never longer than a window: a clock that is off must not stop the search.
      this.block(Math.min(reset - this.#now(), this.#windowMilliseconds));
    }
  }
}
