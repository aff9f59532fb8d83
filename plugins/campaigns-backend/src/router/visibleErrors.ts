import { isError } from '@backstage/errors';
import { visibleLine } from '@skein/plugin-campaigns-common';
import { visibleStack } from '@skein/plugin-campaigns-node';
import { ErrorRequestHandler } from 'express';

/** Errors with these names are answered, and not logged. */
const answered = new Set([
  'NotModifiedError',
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
]);
const MOST_CAUSES = 10;

/**
 * What fails unexpectedly is logged by Backstage, beyond our own logger: an
 * error may repeat words of a repository or a forge, so it is made one line
 * that hides nothing before it is passed on. In place, since its class decides
 * what of it is told to whom.
 */
export const visibleErrors: ErrorRequestHandler = (
  error,
  _request,
  _response,
  next,
) => {
  if (isError(error) && !answered.has(error.name)) makeVisible(error, 0);
  next(error);
};

function makeVisible(error: Error, depth: number): void {
  const message = visibleLine(error.message, 2_000);
  error.stack = visibleStack(error, message);
  error.message = message;
  if (isError(error.cause) && depth < MOST_CAUSES) {
    makeVisible(error.cause, depth + 1);
  }
}
