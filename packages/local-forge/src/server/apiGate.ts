import express from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import { costOf } from '../behaviour/limits';
import { identityOf } from '../domain/Actor';
import { ApiError } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { authenticate } from '../rest/authenticate';

/**
 * What every API request passes first: who is it, the secondary limits, the
 * latency and the errors the forge was told to have.
 */
export function apiGate(
  forge: Forge,
  describe: (request: express.Request) => {
    method: string;
    path: string;
    mutation?: boolean;
  },
): express.RequestHandler {
  return async (request, response, next) => {
    try {
      response.set({
        'x-github-request-id': `${process.pid}:${Date.now().toString(16)}`,
        'x-github-enterprise-version': 'enterprise-server@3.19.0',
        'x-github-media-type': 'github.v3; format=json',
        'x-content-type-options': 'nosniff',
      });
      const actor = await authenticate(forge, request.headers.authorization);
      response.locals.actor = actor;
      const described = describe(request);
      const begun = forge.limiter.begin(
        identityOf(actor),
        costOf(described, Date.now()),
      );
      if (typeof begun === 'number') {
        throw new ApiError(
          403,
          'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
          undefined,
          { 'retry-after': String(begun) },
        );
      }
      response.once('close', begun);
      if (forge.behaviour.current.latencyMs > 0) {
        await wait(forge.behaviour.current.latencyMs);
      }
      const failure = forge.behaviour.serverError(
        `${described.method} ${described.path}`,
      );
      if (failure?.when === 'before') {
        throw new ApiError(failure.status, 'Server Error');
      }
      response.locals.failAfter = failure?.status;
      next();
    } catch (error) {
      next(error);
    }
  };
}
