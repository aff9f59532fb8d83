import { ModelCallError } from '@skein/plugin-campaigns-node';
import { inspect } from 'util';

/**
 * A failed call without the key that it was made with: a provider, or a proxy
 * before it, may repeat in an error what it was sent, and errors are logged.
 *
 * @returns the error itself where it does not hold the key
 */
export function withoutKey(error: unknown, key: string): unknown {
  if (!(error instanceof ModelCallError)) return error;
  const all = inspect(error, { depth: 10, maxStringLength: Infinity });
  if (!all.includes(key)) return error;
  const { kind, charge, status, type, retryAfterMilliseconds } = error;
  return new ModelCallError(error.message.replaceAll(key, '[redacted]'), {
    kind,
    charge,
    status,
    type: type?.replaceAll(key, '[redacted]'),
    retryAfterMilliseconds,
    // Its cause holds the answer.
  });
}
