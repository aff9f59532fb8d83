/** How fast one identity may write. Times are in milliseconds. */
export interface WriteLimits {
  /** Between the end of one write and the start of the next. */
  minimumInterval: number;
  /** Writes that create content, in any minute. */
  contentPerMinute: number;
  /** Writes that create content, in any hour. */
  contentPerHour: number;
}

/**
 * GitHub's published limits.
 *
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export const githubWriteLimits: WriteLimits = {
  minimumInterval: 1_000,
  contentPerMinute: 80,
  contentPerHour: 500,
};

/** `content` makes something that people are notified of; `change` is any other write. */
export type WriteKind = 'content' | 'change';

/** What is known of an identity's past writes; epoch milliseconds. */
export interface WriteHistory {
  /** Ascending; older ones than an hour may be missing. */
  contentWrites: number[];
  lastWriteAt?: number;
  /** The forge asked for no write before then. */
  blockedUntil?: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The earliest time, not before `now`, at which a write keeps within the limits. */
export function nextWriteAt(
  history: WriteHistory,
  now: number,
  limits: WriteLimits,
  kind: WriteKind = 'content',
): number {
  const { contentWrites, lastWriteAt, blockedUntil } = history;
  const after = (count: number, span: number) => {
    const oldest = contentWrites[contentWrites.length - count];
    return oldest === undefined ? now : oldest + span;
  };
  return Math.max(
    now,
    blockedUntil ?? now,
    lastWriteAt === undefined ? now : lastWriteAt + limits.minimumInterval,
    ...(kind === 'content'
      ? [
          after(limits.contentPerMinute, MINUTE),
          after(limits.contentPerHour, HOUR),
        ]
      : []),
  );
}

/** The history once a write began at `at`. */
export function recordWrite(
  history: WriteHistory,
  at: number,
  kind: WriteKind = 'content',
): WriteHistory {
  return {
    blockedUntil: history.blockedUntil,
    lastWriteAt: at,
    contentWrites:
      kind === 'content'
        ? [...history.contentWrites.filter(time => time > at - HOUR), at]
        : history.contentWrites,
  };
}
