import { randomUUID } from 'crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import express, { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import {
  authenticateAttempt,
  heldSessionOf,
} from '../../jobs/protocol/AttemptSession';
import { GatewayError } from '../GatewayError';
import { ModelGateway } from '../ModelGateway';
import { toGatewayError } from '../toGatewayError';
import { ModelCall } from '../types';
import { assertMayAsk } from './assertMayAsk';
import { checkCountRequest, checkMessageRequest } from './checkRequest';
import { MessageStream } from './MessageStream';
import { wireErrorHandler } from './wireErrors';

/** Requests of one attempt at one time. */
const REQUESTS_PER_ATTEMPT = 8;

/** What the wire side of the gateway is served from. */
export interface ModelRouterOptions {
  database: Knex;
  gateway: ModelGateway;
  logger: LoggerService;
  /** Between two signs of life of a stream that has nothing to say yet. Default: 10 s. */
  pingMilliseconds?: number;
}

/**
 * `/v1/messages` and `/v1/messages/count_tokens` of the Messages API, for
 * runners: the token of an attempt stands in place of a key. Nothing of a
 * request is sent on but its checked body.
 */
export function createModelRouter(options: ModelRouterOptions): Router {
  const { database, gateway, logger, pingMilliseconds = 10_000 } = options;
  const busy = new Map<string, number>();
  const router = PromiseRouter();
  router.use((_request, response, next) => {
    response.locals.requestId = `req_${randomUUID().replace(/-/g, '')}`;
    response.set('request-id', response.locals.requestId);
    next();
  });
  router.use(authenticateAttempt(database));
  router.use((request, response, next) => {
    const { job, attempt } = heldSessionOf(request, response);
    const key = `${job.id}/${attempt.number}`;
    const count = busy.get(key) ?? 0;
    if (count >= REQUESTS_PER_ATTEMPT) {
      throw new GatewayError(
        `An attempt may have ${REQUESTS_PER_ATTEMPT} requests under way at one time`,
        { status: 429, type: 'rate_limit_error', retryAfterSeconds: 5 },
      );
    }
    busy.set(key, count + 1);
    response.once('close', () => {
      const left = busy.get(key)! - 1;
      if (left > 0) busy.set(key, left);
      else busy.delete(key);
    });
    next();
  });
  router.use(async (request, response, next) => {
    await assertMayAsk(database, heldSessionOf(request, response).job);
    next();
  });
  router.use(express.json({ limit: gateway.requestBytes }));

  router.post('/count_tokens', async (request, response) => {
    const checked = checkCountRequest(request.body);
    response.json({
      input_tokens: await gateway.countTokens(
        callOf(request, response, checked),
      ),
    });
  });

  router.post('/', async (request, response) => {
    const { request: checked, stream } = checkMessageRequest(request.body);
    const call = callOf(request, response, checked);
    if (!stream) {
      response.json(await gateway.createMessage(call));
      return;
    }
    const events = MessageStream.open(response, pingMilliseconds);
    try {
      events.finish(await gateway.createMessage(call));
    } catch (error) {
      const failure = toGatewayError(error, logger);
      if (!events.fail(failure)) throw failure;
    }
  });

  router.use((request, _response, next) => {
    next(
      new GatewayError(`${request.method} is not served here`, {
        status: 404,
        type: 'not_found_error',
      }),
    );
  });
  router.use(wireErrorHandler(logger));
  return router;
}

function callOf(
  request: Request,
  response: Response,
  checked: ModelCall['request'],
): ModelCall {
  const { job, attempt } = heldSessionOf(request, response);
  const abort = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) abort.abort();
  });
  return {
    purpose: 'agent',
    campaignId: job.campaign_id,
    runId: job.run_id ?? undefined,
    jobId: job.id,
    attempt: attempt.number,
    revisionId: job.revision_id,
    request: checked,
    signal: abort.signal,
  };
}
