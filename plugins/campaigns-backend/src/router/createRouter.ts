import { createValidatedOpenApiRouter } from '@backstage/backend-openapi-utils';
import { json, Router } from 'express';
import { spec } from '../openapi';
import { addCampaignRoutes } from './campaignRoutes';
import { addContextRoutes } from './contextRoutes';
import { addFeedbackRoutes } from './feedbackRoutes';
import { addLineageRoutes } from './lineageRoutes';
import { addReviewRoutes } from './reviewRoutes';
import { addScopeRoutes } from './scopeRoutes';
import { addModelRoutes } from './modelRoutes';
import { RouterOptions } from './RouterOptions';
import { addSearchRoutes } from './searchRoutes';
import { addTargetRoutes } from './targetRoutes';
import { visibleErrors } from './visibleErrors';

/** Bodies carry whole mapping tables and schemas. */
const maxBodyBytes = 10 * 1024 * 1024;

/** The plugin's API: each request is checked against the OpenAPI description first. */
export async function createRouter(options: RouterOptions): Promise<Router> {
  // The description is built by functions, so its literal types are gone: each
  // route casts what the validator has checked.
  const router = createValidatedOpenApiRouter(
    spec as unknown as Parameters<typeof createValidatedOpenApiRouter>[0],
    {
      middleware: [json({ limit: maxBodyBytes })],
      validatorOptions: { validateResponses: options.validateResponses },
    },
  ) as unknown as Router;
  addCampaignRoutes(router, options);
  addContextRoutes(router, options);
  addTargetRoutes(router, options);
  addScopeRoutes(router, options);
  addReviewRoutes(router, options);
  addFeedbackRoutes(router, options);
  addLineageRoutes(router, options);
  addModelRoutes(router, options);
  addSearchRoutes(router, options);
  router.use(visibleErrors);
  return router;
}
