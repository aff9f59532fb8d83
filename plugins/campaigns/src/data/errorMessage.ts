import { ResponseError } from '@backstage/errors';

/**
 * What a person is told of a failure: the backend's own words where it gave
 * any, since the client's say no more than the status.
 */
export function errorMessage(error: Error): string {
  if (isResponseError(error)) {
    return error.body?.error?.message || error.message;
  }
  // What `fetch` throws where no answer came at all; its words differ by browser.
  if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) {
    return 'The backend could not be reached. Try again in a moment.';
  }
  return error.message;
}

/** Whether what was asked for is not there, or its address cannot be right. */
export function isNotFound(error: Error): boolean {
  return isResponseError(error)
    ? error.statusCode === 404
    : error.name === 'NotFoundError';
}

/** By name: an app may hold two copies of the class. */
function isResponseError(error: Error): error is ResponseError {
  return error.name === 'ResponseError' && 'body' in error;
}
