import {
  campaignReadPermission,
  ListScopeChangesRequest,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { listScopeChanges } from '../database/operations/scope/listScopeChanges';
import { listSnapshots } from '../database/operations/scope/listSnapshots';
import { findCampaign } from './findCampaign';
import { RouterOptions } from './RouterOptions';

/** Routes for how a campaign's scope came to be what it is. */
export function addScopeRoutes(router: Router, options: RouterOptions) {
  const { knex } = options;

  router.get(
    '/campaigns/:campaign/scope/snapshots',
    async (request, response) => {
      const { row, readable } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      const page = request.query as unknown as PageRequest;
      response.json(await listSnapshots(knex, row.id, page, readable));
    },
  );

  router.get(
    '/campaigns/:campaign/scope/changes',
    async (request, response) => {
      const { row, readable } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      const query = request.query as unknown as ListScopeChangesRequest;
      response.json(await listScopeChanges(knex, row.id, query, readable));
    },
  );
}
