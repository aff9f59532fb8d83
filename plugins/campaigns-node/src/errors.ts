import { CustomErrorBase } from '@backstage/errors';

/**
 * A forge refused a request because of its limits.
 *
 * @public
 */
export class ForgeRateLimitError extends CustomErrorBase {
  name = 'ForgeRateLimitError' as const;

  /** Seconds to wait before any further write, as the forge said or its documentation asks. */
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, cause?: Error) {
    super(message, cause);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
