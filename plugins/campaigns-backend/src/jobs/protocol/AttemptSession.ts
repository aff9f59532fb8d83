import { AuthenticationError } from '@backstage/errors';
import { Request, RequestHandler, Response } from 'express';
import { Knex } from 'knex';
import { findAttempt } from '../../database/operations/jobs/findAttempt';
import { HeldJob } from '../../database/operations/jobs/lockHeldJob';
import { JobAttemptRow, JobRow } from '../../database/operations/jobs/tables';
import { hashToken } from '../../queue/JobQueue';

/** The attempt that a request of a runner belongs to. */
export interface AttemptSession {
  job: JobRow;
  attempt: JobAttemptRow;
  /** Undefined where the job is no longer this attempt's: stopped, done, or given to another. */
  held: HeldJob | undefined;
}

/** Lets only requests pass that carry the token of an attempt whose runner has not ended. */
export function authenticateAttempt(database: Knex): RequestHandler {
  return async (request, response, next) => {
    try {
      const token = tokenOf(request);
      const found = token && (await findAttempt(database, hashToken(token)));
      if (!found) {
        throw new AuthenticationError('No attempt of a job has this token');
      }
      response.locals.session = { ...found, held: heldBy(found) };
      next();
    } catch (error) {
      next(error);
    }
  };
}

/** Clients of the Messages API send it as a token or as a key. */
function tokenOf({ headers }: Request): string | undefined {
  const sent = headers.authorization ?? `Bearer ${headers['x-api-key'] ?? ''}`;
  return /^Bearer ([A-Za-z0-9_-]{43})$/.exec(sent)?.[1];
}

function heldBy({
  job,
  attempt,
}: {
  job: JobRow;
  attempt: JobAttemptRow;
}): HeldJob | undefined {
  const present =
    job.state === 'running' &&
    job.attempts === attempt.number &&
    attempt.finished_at === null;
  return present && job.ticket ? { id: job.id, ticket: job.ticket } : undefined;
}

/** The session that {@link authenticateAttempt} found. */
export function sessionOf(
  _request: Request,
  response: Response,
): AttemptSession {
  return response.locals.session;
}

/**
 * The session of a request that only the job's holder may make.
 *
 * @throws AuthenticationError, upon which a runner ends
 */
export function heldSessionOf(
  request: Request,
  response: Response,
): AttemptSession & { held: HeldJob } {
  const { held, ...session } = sessionOf(request, response);
  if (!held) {
    throw new AuthenticationError("The job is no longer this attempt's");
  }
  return { ...session, held };
}
