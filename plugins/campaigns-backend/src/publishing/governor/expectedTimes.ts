import { nextWriteAt, WriteHistory, WriteLimits } from './nextWriteAt';

/** A pull request and the request for its reviews. */
const CONTENT_WRITES_EACH = 2;

/**
 * When each of a number of waiting publications will have its pull request,
 * where nothing but the pace of writes holds them up.
 *
 * @returns epoch milliseconds, ascending
 */
export function expectedTimes(
  history: WriteHistory,
  now: number,
  limits: WriteLimits,
  count: number,
): number[] {
  const contentWrites = [...history.contentWrites];
  const simulated: WriteHistory = { ...history, contentWrites };
  const times: number[] = [];
  let at = now;
  while (times.length < count) {
    // Its branch is pushed first: a write that creates no content.
    at = nextWriteAt(simulated, at, limits, 'change');
    simulated.lastWriteAt = at;
    for (let write = 0; write < CONTENT_WRITES_EACH; write++) {
      at = nextWriteAt(simulated, at, limits, 'content');
      contentWrites.push(at);
      simulated.lastWriteAt = at;
      if (write === 0) times.push(at);
    }
  }
  return times;
}
