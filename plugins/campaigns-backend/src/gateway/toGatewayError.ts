import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ModelCallError } from '@skein/plugin-campaigns-node';
import { oneLine } from '../jobs/oneLine';
import { GatewayError } from './GatewayError';

/**
 * What callers are told of a failure; what concerns the back end alone goes to
 * its log. None is worth trying again at once: that has been done.
 */
export function toGatewayError(
  error: unknown,
  logger: LoggerService,
): GatewayError {
  if (error instanceof GatewayError) return error;
  if (!(error instanceof ModelCallError)) {
    if (isError(error) && error.name === 'AbortError') return aborted();
    logger.error('Model gateway: a call failed', error as Error);
    return new GatewayError('The backend failed', {
      status: 500,
      type: 'api_error',
    });
  }
  const message = oneLine(error.message);
  switch (error.kind) {
    case 'aborted':
      return aborted();
    case 'rate-limited':
      return new GatewayError(message, {
        status: 429,
        type: 'rate_limit_error',
      });
    case 'overloaded':
      return new GatewayError(message, {
        status: 529,
        type: 'overloaded_error',
      });
    case 'refused':
      return refused(error, message, logger);
    default:
      return new GatewayError(message, {
        status: 502,
        type: 'api_error',
      });
  }
}

function aborted(): GatewayError {
  return new GatewayError('The call was given up', {
    status: 499,
    type: 'api_error',
  });
}

/** Only what is wrong with the request is the caller's; a bad key is the back end's. */
function refused(
  error: ModelCallError,
  message: string,
  logger: LoggerService,
): GatewayError {
  const { status = 500, type = 'api_error' } = error;
  if ([400, 404, 413, 422].includes(status)) {
    return new GatewayError(message, { status, type });
  }
  logger.error("The model's provider refused a call", error);
  return new GatewayError(
    "The model's provider refused the backend; its log says why",
    { status: 502, type: 'api_error' },
  );
}
