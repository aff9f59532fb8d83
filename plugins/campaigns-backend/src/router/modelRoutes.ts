import {
  campaignLaunchPermission,
  campaignReadPermission,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { listModelCalls } from '../database/operations/modelCalls/listModelCalls';
import { audited } from './audited';
import { findCampaign } from './findCampaign';
import { findJob } from './findJob';
import { RouterOptions } from './RouterOptions';

/** Routes for what the model costs. */
export function addModelRoutes(router: Router, options: RouterOptions) {
  const { auditor, knex, model } = options;

  router.get('/campaigns/:campaign/spend', async (request, response) => {
    const { row, readable } = await findCampaign(
      options,
      request,
      request.params.campaign,
      campaignReadPermission,
    );
    response.json(await model.spend(row, readable));
  });

  // It spends nothing, but asks the provider for much: for those who may launch.
  router.post('/campaigns/:campaign/estimate', async (request, response) => {
    const { campaign } = request.params;
    const estimate = await audited(
      auditor,
      request,
      'campaign-estimate',
      { campaign },
      async () => {
        const { row, caller, readable } = await findCampaign(
          options,
          request,
          campaign,
          campaignLaunchPermission,
        );
        return model.estimate(row, caller.actor, readable);
      },
      ({ id, expected, currency }) => ({ after: { id, expected, currency } }),
    );
    response.json(estimate);
  });

  router.get('/jobs/:job/model-calls', async (request, response) => {
    const job = await findJob(options, request);
    const page = request.query as unknown as PageRequest;
    response.json(await listModelCalls(knex, job.id, page));
  });
}
