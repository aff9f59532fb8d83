import {
  campaignReadPermission,
  ListScopeChangesRequest,
  PageRequest,
  targetReadPermission,
} from '@skein/plugin-campaigns-common';
import { Router } from 'express';
import { listScopeChanges } from '../database/operations/scope/listScopeChanges';
import { listSnapshots } from '../database/operations/scope/listSnapshots';
import { findCampaign } from './findCampaign';
import { RouterOptions } from './RouterOptions';

/** Routes for how a campaign's scope came to be what it is. */
export function addScopeRoutes(router: Router, options: RouterOptions) {
  const { authorizer, knex } = options;

  router.get(
    '/campaigns/:campaign/scope/snapshots',
    async (request, response) => {
      const { row } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      const page = request.query as unknown as PageRequest;
      response.json(await listSnapshots(knex, row.id, page));
    },
  );

  router.get(
    '/campaigns/:campaign/scope/changes',
    async (request, response) => {
      const { row, caller } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      const readable = await authorizer.filter(caller, targetReadPermission);
      const query = request.query as unknown as ListScopeChangesRequest;
      response.json(await listScopeChanges(knex, row.id, query, readable));
    },
  );
}
