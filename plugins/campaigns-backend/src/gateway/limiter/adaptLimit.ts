/** How many calls may be under way, and what decides the next change of it. */
export interface LimitState {
  /** Calls at one time; at least 1. */
  limit: number;
  /** Calls that succeeded since the limit last changed. */
  successes: number;
  /** Until when further refusals say nothing new, since they answer calls sent under the old limit; epoch milliseconds. */
  settledAt: number;
}

/** How long a lowered limit is given before it is lowered again. */
const SETTLE_MILLISECONDS = 5_000;

/**
 * The next limit: halved when the provider says that it is too much, one more
 * after as many successes as calls are allowed. So all jobs together find what
 * the provider takes, and share it.
 */
export function adaptLimit(
  state: LimitState,
  event: 'succeeded' | 'refused',
  now: number,
  most: number,
): LimitState {
  if (event === 'refused') {
    return now < state.settledAt
      ? { ...state, successes: 0 }
      : {
          limit: Math.max(1, Math.floor(state.limit / 2)),
          successes: 0,
          settledAt: now + SETTLE_MILLISECONDS,
        };
  }
  const successes = state.successes + 1;
  return successes >= state.limit && state.limit < most
    ? { ...state, limit: state.limit + 1, successes: 0 }
    : { ...state, successes };
}
