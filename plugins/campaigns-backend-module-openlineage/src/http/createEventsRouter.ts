import { InputError, ServiceUnavailableError } from '@backstage/errors';
import express, { NextFunction, Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { OpenLineageEventSource } from '../events/OpenLineageEventSource';
import { EventAudit } from './EventAudit';
import { EventAuthenticator, EventSender } from './EventAuthenticator';

/** Where clients find the endpoint, below that of the plugin; as Marquez has it. */
export const EVENTS_PATH = '/openlineage/api/v1/lineage';

const RETRY_SECONDS = 5;
/** More at a time are rather a mistake than a batch. */
const MAX_BATCH = 5_000;

/** What the endpoint needs. */
export interface EventsRouterOptions {
  source: OpenLineageEventSource;
  authenticator: EventAuthenticator;
  audit: EventAudit;
  maxBodyBytes: number;
}

/**
 * The endpoint for OpenLineage clients.
 *
 * - One event is answered with 201 and no body, as Marquez does, or 400.
 * - An array, or a body of `/batch`, is answered with what became of it: 200, or
 *   400 where no event of it could be used. The good ones are kept.
 */
export function createEventsRouter(options: EventsRouterOptions): Router {
  const { source, audit } = options;
  const router = PromiseRouter();
  const senders = new WeakMap<Request, EventSender>();
  const senderOf = (request: Request) => senders.get(request)!.name;

  // Before the body is read: who may not send is not listened to.
  router.use(EVENTS_PATH, async (request, response, next) => {
    try {
      senders.set(request, await options.authenticator.authenticate(request));
    } catch (error) {
      audit.refused();
      response.setHeader('WWW-Authenticate', 'Bearer');
      throw error;
    }
    next();
  });
  router.use(
    EVENTS_PATH,
    express.json({ limit: options.maxBodyBytes, strict: false }),
    isJson,
  );

  router.post(EVENTS_PATH, async (request, response, next) => {
    if (Array.isArray(request.body)) {
      next();
      return;
    }
    const [rejected] = await source.receive([request.body]);
    audit.received(senderOf(request), {
      received: rejected ? 0 : 1,
      rejected: rejected ? 1 : 0,
    });
    if (rejected) throw new InputError(rejected.reason);
    response.status(201).end();
  });

  router.post(
    [EVENTS_PATH, `${EVENTS_PATH}/batch`],
    async (request, response) => {
      const events: unknown = request.body;
      if (!Array.isArray(events)) {
        throw new InputError('A batch is an array of events');
      }
      if (events.length > MAX_BATCH) {
        throw new InputError(
          `A batch has at most ${MAX_BATCH} events; this one has ${events.length}`,
        );
      }
      const rejected = await source.receive(events);
      const received = events.length - rejected.length;
      audit.received(senderOf(request), {
        received,
        rejected: rejected.length,
      });
      response.status(received === 0 && rejected.length > 0 ? 400 : 200).json({
        status: rejected.length === 0 ? 'success' : 'partial_success',
        summary: {
          received: events.length,
          successful: received,
          failed: rejected.length,
          retriable: 0,
          non_retriable: rejected.length,
        },
        failed_events: rejected.map(({ index, reason }) => ({
          index,
          reason,
          retriable: false,
        })),
      });
    },
  );

  router.use(EVENTS_PATH, sayWhenToRetry);
  return router;
}

function isJson(
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (request.method === 'POST' && !request.is('application/json')) {
    response.status(415).json({
      error: {
        name: 'UnsupportedMediaTypeError',
        message: 'Send events as application/json',
      },
    });
    return;
  }
  next();
}

function sayWhenToRetry(
  error: unknown,
  _request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (error instanceof ServiceUnavailableError) {
    response.setHeader('Retry-After', String(RETRY_SECONDS));
  }
  next(error);
}
