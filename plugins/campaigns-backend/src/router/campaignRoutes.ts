import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  campaignCancelPermission,
  campaignCreatePermission,
  campaignLaunchPermission,
  campaignPausePermission,
  campaignReadPermission,
  campaignUpdatePermission,
  CampaignFiles,
  CampaignInput,
  ListCampaignsRequest,
  PageRequest,
  targetReadPermission,
} from '@skein/plugin-campaigns-common';
import { JsonObject } from '@backstage/types';
import { Request, Router } from 'express';
import { RowFilter } from '../authorization';
import { listActivity } from '../database/operations/activity/listActivity';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { listRuns } from '../database/operations/runs/listRuns';
import { CampaignRow } from '../database/tables';
import { audited } from './audited';
import { findCampaign } from './findCampaign';
import { RouterOptions } from './RouterOptions';

/** Routes for campaigns as a whole. */
export function addCampaignRoutes(router: Router, options: RouterOptions) {
  const { auditor, authorizer, campaigns, knex, lifecycle } = options;

  const find = (request: Request, permission: ResourcePermission) =>
    findCampaign(options, request, request.params.campaign, permission);

  router.get('/status', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.requireSomewhere(caller, campaignReadPermission);
    response.json(await options.status());
  });

  router.post('/validate', async (request, response) => {
    const caller = await authorizer.identify(request);
    await authorizer.require(caller, campaignCreatePermission);
    response.json(campaigns.validate(request.body as CampaignFiles));
  });

  router.get('/campaigns', async (request, response) => {
    const caller = await authorizer.identify(request);
    const readable = await authorizer.filter(caller, campaignReadPermission);
    const query = request.query as unknown as ListCampaignsRequest;
    const targets = await authorizer.filter(caller, targetReadPermission);
    response.json(await campaigns.list(query, readable, targets));
  });

  router.post('/campaigns', async (request, response) => {
    const caller = await authorizer.identify(request);
    const created = await audited(
      auditor,
      request,
      'campaign-create',
      {},
      async () => {
        await authorizer.require(caller, campaignCreatePermission);
        return campaigns.create(request.body as CampaignInput, caller.actor);
      },
      ({ name, state, revisionId }) => ({ after: { name, state, revisionId } }),
    );
    response.status(201).json(created);
  });

  router.get('/campaigns/:campaign', async (request, response) => {
    const { row, readable } = await find(request, campaignReadPermission);
    response.json(await campaigns.get(row.id, readable));
  });

  router.put('/campaigns/:campaign', async (request, response) => {
    const { campaign } = request.params;
    const updated = await audited(
      auditor,
      request,
      'campaign-update',
      { campaign },
      async () => {
        const { row, caller, readable } = await find(
          request,
          campaignUpdatePermission,
        );
        const after = await campaigns.update(
          row.id,
          request.body as CampaignInput,
          caller.actor,
          readable,
        );
        return { before: row, after };
      },
      ({ before, after }) => ({
        before: auditedState(before),
        after: { state: after.state, revisionId: after.revisionId },
      }),
    );
    response.json(updated.after);
  });

  router.delete('/campaigns/:campaign', async (request, response) => {
    const { campaign } = request.params;
    await audited(
      auditor,
      request,
      'campaign-delete',
      { campaign },
      async () => {
        const { row } = await find(request, campaignCancelPermission);
        await campaigns.delete(row.id);
        return row;
      },
      row => ({ before: auditedState(row) }),
    );
    response.status(204).end();
  });

  router.get('/campaigns/:campaign/activity', async (request, response) => {
    const { row, readable } = await find(request, campaignReadPermission);
    const page = request.query as unknown as PageRequest;
    response.json(await listActivity(knex, row.id, page, readable));
  });

  router.get('/campaigns/:campaign/runs', async (request, response) => {
    const { row, readable } = await find(request, campaignReadPermission);
    const page = request.query as unknown as PageRequest;
    response.json(await listRuns(knex, row.id, page, readable));
  });

  router.get(
    '/campaigns/:campaign/mapping-preview',
    async (request, response) => {
      const { row } = await find(request, campaignReadPermission);
      response.json(await campaigns.previewMapping(row.id));
    },
  );

  const actions: Record<
    string,
    {
      permission: ResourcePermission;
      act: (
        id: string,
        body: any,
        actor: string,
        readable: RowFilter,
      ) => Promise<void>;
    }
  > = {
    'refresh-scope': {
      permission: campaignUpdatePermission,
      act: (id, _body, actor) => lifecycle.refreshScope(id, actor),
    },
    launch: {
      permission: campaignLaunchPermission,
      act: (id, body, actor, readable) =>
        lifecycle.launch(id, body.expectedTargets, actor, readable),
    },
    pause: {
      permission: campaignPausePermission,
      act: (id, body, actor) => lifecycle.pause(id, body.reason, actor),
    },
    resume: {
      permission: campaignPausePermission,
      act: (id, _body, actor) => lifecycle.resume(id, actor),
    },
    cancel: {
      permission: campaignCancelPermission,
      act: (id, body, actor) => lifecycle.cancel(id, body.reason, actor),
    },
  };
  for (const [name, { permission, act }] of Object.entries(actions)) {
    router.post(`/campaigns/:campaign/${name}`, async (request, response) => {
      const { campaign } = request.params;
      const { row, readable } = await audited(
        auditor,
        request,
        `campaign-${name}`,
        { campaign, ...request.body },
        async () => {
          const found = await find(request, permission);
          await act(
            found.row.id,
            request.body,
            found.caller.actor,
            found.readable,
          );
          const after = await getCampaignRow(knex, found.row.id);
          return { ...found, after };
        },
        ({ row: before, after }) => ({
          before: auditedState(before),
          after: auditedState(after),
        }),
      );
      response.json(await campaigns.get(row.id, readable));
    });
  }
}

/** The part of a campaign that actions change. */
function auditedState(row: CampaignRow): JsonObject {
  return {
    state: row.state,
    scopeState: row.scope_state,
    revisionId: row.revision_id,
  };
}
