import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { ErrorRequestHandler } from 'express';
import { oneLine } from '../oneLine';

const statuses: Record<string, number> = {
  InputError: 400,
  RefusedResultError: 400,
  AuthenticationError: 401,
  NotFoundError: 404,
  ConflictError: 409,
  PayloadTooLargeError: 413,
  SourceUnavailableError: 503,
};

/** Answers a runner's request that failed; what went wrong inside of the backend stays there. */
export function protocolErrorHandler(
  logger: LoggerService,
): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = isError(error) ? statuses[error.name] : undefined;
    const status = known ?? (error.type?.startsWith('entity.') ? 400 : 500);
    if (status === 500) {
      logger.error(`Job protocol: ${request.method} ${request.path}`, error);
    }
    response.status(status).json({
      message:
        status === 500 ? 'The backend failed' : oneLine(String(error.message)),
    });
  };
}
