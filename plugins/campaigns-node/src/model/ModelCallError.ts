import { CustomErrorBase } from '@backstage/errors';
import { ModelUsage } from './types';

/**
 * Why a call failed, which decides what the gateway does next:
 *
 * - `rate-limited`, `overloaded` (429, 529): all calls slow down; tried again
 * - `unavailable` (5xx, no connection): tried again
 * - `broken` (the answer ended before it was complete): tried again
 * - `refused` (the request itself, the key, the model): final
 * - `aborted`: nobody waits for the answer any more
 *
 * @public
 */
export type ModelCallErrorKind =
  | 'rate-limited'
  | 'overloaded'
  | 'unavailable'
  | 'broken'
  | 'refused'
  | 'aborted';

/**
 * What a failed call costs. `nothing`: it was answered with an error, or never
 * sent. Else what is known of it: without `usage` not even the input is.
 *
 * @public
 */
export type ModelCallCharge = 'nothing' | { usage?: ModelUsage };

/** A call to a model that gave no message. @public */
export class ModelCallError extends CustomErrorBase {
  name = 'ModelCallError' as const;
  readonly cause?: Error;
  readonly kind: ModelCallErrorKind;
  readonly charge: ModelCallCharge;
  /** HTTP status of the provider, where it answered. */
  readonly status?: number;
  /** `invalid_request_error` and the like, where the provider says. */
  readonly type?: string;
  /** What the provider asks for before the next try. */
  readonly retryAfterMilliseconds?: number;

  /** @param message - one line for people, without credentials */
  constructor(
    message: string,
    options: {
      kind: ModelCallErrorKind;
      charge: ModelCallCharge;
      status?: number;
      type?: string;
      retryAfterMilliseconds?: number;
      cause?: Error;
    },
  ) {
    // Not given to the base, which would put its words into the message.
    super(message);
    this.cause = options.cause;
    this.kind = options.kind;
    this.charge = options.charge;
    this.status = options.status;
    this.type = options.type;
    this.retryAfterMilliseconds = options.retryAfterMilliseconds;
  }
}
