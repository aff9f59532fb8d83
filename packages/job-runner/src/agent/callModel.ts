import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { setTimeout as wait } from 'timers/promises';
import { AttemptOverError } from '../client/ProtocolError';

/** How a call of the model ended that gave no message. */
export class ModelCallError extends Error {
  readonly outcome: 'overBudget' | 'unavailable' | 'stuck';

  constructor(outcome: ModelCallError['outcome'], message: string) {
    super(message);
    this.name = 'ModelCallError';
    this.outcome = outcome;
  }
}

/** Waits before a call is made again whose answer broke off, in milliseconds. */
const RETRIES = [500, 2_000, 5_000];

/**
 * Makes one call. Nothing of an answer is used before all of it is there: one
 * that breaks off is asked for again.
 *
 * @throws ModelCallError
 * @throws AttemptOverError where nobody waits for the job any more
 */
export async function callModel(
  client: Anthropic,
  request: Anthropic.MessageStreamParams,
  signal: AbortSignal,
): Promise<Anthropic.Message> {
  for (const pause of [...RETRIES, undefined]) {
    try {
      return await client.messages.stream(request, { signal }).finalMessage();
    } catch (error) {
      signal.throwIfAborted();
      const verdict = verdictOf(error);
      if (verdict) throw verdict;
      if (pause === undefined) {
        throw new ModelCallError(
          'unavailable',
          `The model could not be reached: ${(error as Error).message}`,
        );
      }
      await wait(pause, undefined, { signal });
    }
  }
  throw new Error('unreachable');
}

/** @returns undefined where another try may help */
function verdictOf(error: unknown): Error | undefined {
  const type = error instanceof APIError ? typeOf(error) : undefined;
  // No error of the backend, but a connection or an answer that broke off.
  if (!(error instanceof APIError) || !type) return undefined;
  const message = error.apiMessage ?? error.message;
  if (type === 'budget_exceeded') {
    return new ModelCallError('overBudget', message);
  }
  if (type === 'authentication_error') return new AttemptOverError();
  if (type === 'invalid_request_error' || type === 'request_too_large') {
    return new ModelCallError(
      'stuck',
      `The model takes no such request: ${message}`,
    );
  }
  if (error.headers?.get('retry-after')) return undefined;
  // The backend has tried again and again itself before it says so.
  return new ModelCallError('unavailable', message);
}

function typeOf(error: APIError): unknown {
  const body = error.error as { error?: { type?: unknown } } | undefined;
  return body?.error?.type ?? error.type;
}
