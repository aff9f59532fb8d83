import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';

/** What GitHub asks for where it says nothing else. */
const DEFAULT_RETRY_SECONDS = 60;
const MOST_RETRY_SECONDS = 2 * 60 * 60;

/** The part of octokit's errors that is read here. */
interface GithubFailure {
  status?: number;
  message: string;
  headers?: Record<string, string | number | undefined>;
  response?: {
    headers?: Record<string, string | number | undefined>;
    data?: { errors?: unknown };
  };
  errors?: Array<{ type?: string; message?: string }>;
}

/**
 * The error of `@backstage/errors` that stands for what GitHub answered.
 *
 * @param what - what was tried, for the message
 * @param now - epoch milliseconds
 * @see https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
export function mapForgeError(
  error: unknown,
  what: string,
  now: number = Date.now(),
): Error {
  const failure = error as GithubFailure;
  const cause = error instanceof Error ? error : undefined;
  const message = `${what}: ${describe(failure)}`;
  const limited = retryAfterSeconds(failure, now);
  if (limited !== undefined) {
    return new ForgeRateLimitError(message, limited, cause);
  }
  switch (failure?.status) {
    case undefined:
      return cause?.name === 'TimeoutError'
        ? new ServiceUnavailableError(message, cause)
        : cause ?? new Error(message);
    case 401:
      return new AuthenticationError(message, cause);
    case 403:
      return new NotAllowedError(message, cause);
    case 404:
    case 410:
    case 451:
      return new NotFoundError(message, cause);
    case 409:
      return new ConflictError(message, cause);
    case 400:
    case 422:
      return new InputError(message, cause);
    default:
      return new ServiceUnavailableError(message, cause);
  }
}

function retryAfterSeconds(
  failure: GithubFailure,
  now: number,
): number | undefined {
  const headers = failure?.response?.headers ?? failure?.headers ?? {};
  const graphql = failure?.errors?.some(each => each.type === 'RATE_LIMITED');
  if (failure?.status !== 403 && failure?.status !== 429 && !graphql) {
    return undefined;
  }
  const asked = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(asked)) {
    return bound(asked);
  }
  if (String(headers['x-ratelimit-remaining']) === '0') {
    const reset = Number(headers['x-ratelimit-reset']);
    if (Number.isFinite(reset)) return bound(reset - now / 1000 + 1);
  }
  const told = /rate limit|abuse detection/i.test(failure.message);
  return told || graphql || failure.status === 429
    ? DEFAULT_RETRY_SECONDS
    : undefined;
}

function bound(seconds: number): number {
  return Math.min(MOST_RETRY_SECONDS, Math.max(1, Math.ceil(seconds)));
}

/** GitHub's own words, on one line. */
function describe(failure: GithubFailure): string {
  const details = failure?.response?.data?.errors;
  const told = Array.isArray(details)
    ? details
        .map(each => (typeof each === 'string' ? each : each?.message))
        .filter(text => typeof text === 'string')
    : [];
  const message = String(failure?.message ?? failure).split('\n')[0];
  return [message, ...told.filter(text => !message.includes(text))]
    .join('; ')
    .slice(0, 500);
}
