import { CustomErrorBase } from '@backstage/errors';

/**
 * A call that the gateway could not answer with a message, in the words of the
 * Messages API: `type` is what its clients look at.
 */
export class GatewayError extends CustomErrorBase {
  name = 'GatewayError';
  readonly status: number;
  readonly type: string;
  /** Worth the same request again after this long; undefined where it is not. */
  readonly retryAfterSeconds?: number;

  constructor(
    message: string,
    options: {
      status: number;
      type: string;
      retryAfterSeconds?: number;
    },
  ) {
    super(message);
    this.status = options.status;
    this.type = options.type;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** The request itself is at fault. */
  static invalid(message: string): GatewayError {
    return new GatewayError(message, {
      status: 400,
      type: 'invalid_request_error',
    });
  }
}

/** A call that no budget has room for. */
export class BudgetExceededError extends GatewayError {
  name = 'BudgetExceededError';

  constructor(message: string) {
    super(message, { status: 403, type: 'budget_exceeded' });
  }
}
