import { setTimeout as sleep } from 'timers/promises';
import { StartError } from './StartError';

export interface WaitOptions {
  /** Finishes the sentence "… within N s": `The catalog did not hold the example`. */
  otherwise: string;
  timeoutSeconds: number;
  intervalMs?: number;
  signal: AbortSignal;
}

/**
 * Asks again and again until there is an answer.
 *
 * @throws StartError when the time is over; the signal's reason when it is aborted
 */
export async function waitUntil<T>(
  ask: () => Promise<T | undefined | false>,
  options: WaitOptions,
): Promise<T> {
  const { otherwise, timeoutSeconds, intervalMs = 250, signal } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    signal.throwIfAborted();
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) {
      throw new StartError(`${otherwise} within ${timeoutSeconds} s.`);
    }
    await sleep(intervalMs, undefined, { signal });
  }
}
