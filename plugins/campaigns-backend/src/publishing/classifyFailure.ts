import { ForwardedError } from '@backstage/errors';
import { ForgeRateLimitError } from '@skein/plugin-campaigns-node';
import { LostLeaseError } from '../database/operations/publications/LostLeaseError';
import { GitError } from '../repositories/git';
import { WriteDelayedError } from './governor/WriteDelayedError';

/** What to do about an effect that failed. */
export type Failure =
  /** It is somebody else's by now. */
  | { type: 'lost' }
  /** Not its turn: no fault of its own. */
  | { type: 'wait'; milliseconds: number; reason: string }
  /** May pass: try again. */
  | { type: 'retry'; reason: string }
  /** Will not pass by itself. */
  | { type: 'final'; reason: string };

const finalNames = new Set([
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
]);

/** Decides by the error alone. */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof LostLeaseError) return { type: 'lost' };
  if (error instanceof WriteDelayedError) {
    return {
      type: 'wait',
      milliseconds: error.delayMilliseconds,
      reason: error.message,
    };
  }
  if (error instanceof ForgeRateLimitError) {
    return {
      type: 'wait',
      milliseconds: Math.max(1, error.retryAfterSeconds) * 1_000,
      reason: error.message,
    };
  }
  const { name, message: reason } =
    error instanceof Error
      ? error
      : new ForwardedError('Failed', error as Error);
  if (error instanceof GitError) return classifyGit(error);
  return finalNames.has(name)
    ? { type: 'final', reason }
    : { type: 'retry', reason };
}

function classifyGit(error: GitError): Failure {
  if (/returned error: 429/.test(error.stderr)) {
    return { type: 'wait', milliseconds: 60_000, reason: error.message };
  }
  const refused =
    /returned error: 403|permission .{0,500} denied|write access|\[remote rejected\]/i.test(
      error.stderr,
    );
  return refused
    ? {
        type: 'final',
        reason: `The forge refused the branch: ${refusalOf(error)}`,
      }
    : { type: 'retry', reason: error.message };
}

/** What the forge itself said, where it said something. */
function refusalOf(error: GitError): string {
  const lines = error.stderr.split('\n').map(line => line.trim());
  const remote = lines.map(
    line => /^remote: (?:error: )?(.+)$/.exec(line)?.[1],
  );
  const rejected = lines.map(rejectionOf).find(Boolean);
  return (
    [...remote, rejected].filter(Boolean).join(' ').slice(0, 500) ||
    error.message
  );
}

/** As ` ! [remote rejected] main -> main (protected branch hook declined)`. */
function rejectionOf(line: string): string | undefined {
  const [, said] = line.split('[remote rejected]', 2);
  const from = said?.lastIndexOf('(') ?? -1;
  return from < 0 ? undefined : said.slice(from + 1, said.lastIndexOf(')'));
}
