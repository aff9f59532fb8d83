import { LoggerService } from '@backstage/backend-plugin-api';
import { JobLimits, protocolLimits } from '@skein/job-runner';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Knex } from 'knex';
import { CampaignChanges } from '../../changes/CampaignChanges';
import { createModelRouter, ModelGateway } from '../../gateway';
import { JobQueue } from '../../queue/JobQueue';
import { ReviewService } from '../../review';
import {
  authenticateAttempt,
  heldSessionOf,
  sessionOf,
} from './AttemptSession';
import { SchemaSource } from '../../schemas';
import { buildJobSpec } from './buildJobSpec';
import { protocolErrorHandler } from './protocolErrorHandler';
import { receiveEvents } from './receiveEvents';
import { receiveReview } from './receiveReview';
import { receiveResult, refuseUnreadableResult } from './receiveResult';
import { sendSource } from './sendSource';

/** What the job protocol is served from. */
export interface JobProtocolOptions {
  database: Knex;
  queue: JobQueue;
  source: RepositorySource;
  reviews: ReviewService;
  gateway: ModelGateway;
  schemas: SchemaSource;
  changes: CampaignChanges;
  limits: JobLimits;
  logger: LoggerService;
}

/**
 * The backend's side of the job protocol (see `protocol.ts` of the job runner).
 * Every request carries the token of an attempt, which is checked here before
 * anything else is read: mount it where no other authentication applies.
 */
export function createJobProtocolRouter(options: JobProtocolOptions): Router {
  const { database, limits } = options;
  const router = PromiseRouter();
  router.use('/v1/messages', createModelRouter(options));
  router.use(authenticateAttempt(database));

  router.get('/v1/job', async (request, response) => {
    const { job } = heldSessionOf(request, response);
    response.json(await buildJobSpec(database, job, limits, options));
  });

  router.get('/v1/source', async (request, response) => {
    await sendSource(options, heldSessionOf(request, response), response);
  });

  router.post(
    '/v1/events',
    // Escapes can make JSON six times as long as the text.
    express.json({
      limit:
        protocolLimits.eventsPerRequest *
        (protocolLimits.messageBytes + protocolLimits.transcriptBytes + 512),
    }),
    async (request, response) => {
      const session = sessionOf(request, response);
      response.json(await receiveEvents(options, session, request.body));
    },
  );

  router.post(
    '/v1/review',
    express.json({
      limit: 2 * (limits.patchBytes + protocolLimits.reportBytes),
    }),
    async (request, response) => {
      const session = heldSessionOf(request, response);
      response.json(await receiveReview(options, session, request.body));
    },
  );

  router.put(
    '/v1/result',
    express.json({
      limit: 2 * (limits.patchBytes + protocolLimits.reportBytes),
    }),
    async (request, response) => {
      const session = sessionOf(request, response);
      await receiveResult(options, session, request.body);
      response.status(204).end();
    },
  );

  router.use('/v1/result', refuseUnreadableResult(options));
  router.use(protocolErrorHandler(options.logger));
  return router;
}
