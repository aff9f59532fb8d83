import { Behaviour } from './Behaviour';
import { Cost, secondaryWait } from './limits';

export type RateResource = 'core' | 'graphql' | 'search' | 'code_search';

export interface RateState {
  limit: number;
  used: number;
  remaining: number;
  /** Seconds since the epoch */
  reset: number;
}

interface Window {
  used: number;
  resetAt: number;
}

/** Counts what each identity has asked for, in memory: a restart forgives. */
export class RateLimiter {
  private readonly windows = new Map<string, Window>();
  private readonly spent = new Map<string, Cost[]>();
  private readonly concurrent = new Map<string, number>();

  constructor(
    private readonly behaviour: Behaviour,
    private readonly now: () => number,
  ) {}

  state(identity: string, resource: RateResource): RateState {
    const limit = this.limit(resource);
    const window = this.window(identity, resource);
    return {
      limit,
      used: Math.min(window.used, limit),
      remaining: Math.max(0, limit - window.used),
      reset: Math.ceil(window.resetAt / 1000),
    };
  }

  /** Takes one request; false when none is left. */
  take(identity: string, resource: RateResource): boolean {
    const window = this.window(identity, resource);
    if (window.used >= this.limit(resource)) {
      return false;
    }
    window.used += 1;
    return true;
  }

  /** Gives a request back: an answer of 304 costs nothing. */
  giveBack(identity: string, resource: RateResource): void {
    const window = this.window(identity, resource);
    window.used = Math.max(0, window.used - 1);
  }

  /**
   * Begins a request under the secondary limits.
   *
   * @returns seconds to wait when it is refused, or a function that ends it
   */
  begin(identity: string, cost: Cost): number | (() => void) {
    const running = this.concurrent.get(identity) ?? 0;
    if (this.behaviour.current.secondaryLimits) {
      const spent = (this.spent.get(identity) ?? []).filter(
        other => other.at > cost.at - 3_600_000,
      );
      this.spent.set(identity, spent);
      const wait = secondaryWait(spent, running, cost);
      if (wait !== undefined) {
        return wait;
      }
      spent.push(cost);
    }
    this.concurrent.set(identity, running + 1);
    return () =>
      this.concurrent.set(identity, (this.concurrent.get(identity) ?? 1) - 1);
  }

  reset(): void {
    this.windows.clear();
    this.spent.clear();
  }

  private window(identity: string, resource: RateResource): Window {
    const key = `${resource} ${identity}`;
    const now = this.now();
    let window = this.windows.get(key);
    if (!window || window.resetAt <= now) {
      const seconds =
        resource === 'core' || resource === 'graphql'
          ? this.behaviour.current.primaryLimit.windowSeconds
          : 60;
      window = { used: 0, resetAt: now + seconds * 1000 };
      this.windows.set(key, window);
    }
    return window;
  }

  private limit(resource: RateResource): number {
    const { primaryLimit, graphqlLimit, searchLimit, codeSearchLimit } =
      this.behaviour.current;
    return {
      core: primaryLimit.limit,
      graphql: graphqlLimit,
      search: searchLimit,
      code_search: codeSearchLimit,
    }[resource];
  }
}
