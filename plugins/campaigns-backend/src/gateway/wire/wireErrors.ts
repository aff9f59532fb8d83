import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ErrorRequestHandler, Response } from 'express';
import { GatewayError } from '../GatewayError';
import { toGatewayError } from '../toGatewayError';
import { StreamEvent } from './writeMessageEvents';

/** An error as the Messages API writes it. */
export function errorBody(
  error: GatewayError,
  response: Response,
): StreamEvent {
  return {
    type: 'error',
    error: { type: error.type, message: error.message },
    request_id: response.locals.requestId,
  };
}

/** Answers a failed request in the form of the Messages API. */
export function wireErrorHandler(logger: LoggerService): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const failure = toWireError(error, logger);
    const { retryAfterSeconds } = failure;
    response
      .status(failure.status)
      .set({
        // The gateway has tried again already; a client would only add to the load.
        'x-should-retry': String(retryAfterSeconds !== undefined),
        ...(retryAfterSeconds !== undefined && {
          'retry-after': String(retryAfterSeconds),
        }),
      })
      .json(errorBody(failure, response));
  };
}

function toWireError(error: any, logger: LoggerService): GatewayError {
  if (error.type === 'entity.too.large') {
    return new GatewayError(`The request is larger than ${error.limit} bytes`, {
      status: 413,
      type: 'request_too_large',
    });
  }
  if (
    error.type?.startsWith?.('entity.') ||
    error.type === 'encoding.unsupported'
  ) {
    return GatewayError.invalid('The body is not JSON');
  }
  if (isError(error) && error.name === 'AuthenticationError') {
    return new GatewayError(error.message, {
      status: 401,
      type: 'authentication_error',
    });
  }
  return toGatewayError(error, logger);
}
