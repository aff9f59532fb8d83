import { InputError, NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  campaignLaunchPermission,
  campaignReadPermission,
  campaignRollBackPermission,
  campaignUpdatePermission,
  ListTargetsRequest,
  PageRequest,
  targetApprovePermission,
  targetPublishPermission,
  targetReadPermission,
  TargetSelection,
} from '@skein/plugin-campaigns-common';
import { Request, Router } from 'express';
import { allRows, everyFilter, RowFilter } from '../authorization';
import { getTargetFacets } from '../database/operations/targets/getTargetFacets';
import { listTargets } from '../database/operations/targets/listTargets';
import { getChange } from '../database/operations/jobs/getChange';
import { listJobEvents } from '../database/operations/jobs/listJobEvents';
import { listJobs } from '../database/operations/jobs/listJobs';
import {
  TargetActionRequest,
  TargetActionResult,
} from '../targets/TargetActions';
import { audited } from './audited';
import { findCampaign } from './findCampaign';
import { findJob } from './findJob';
import { findTarget } from './findTarget';
import { RouterOptions } from './RouterOptions';

/** Routes for targets, what their jobs did, and what people do to them. */
export function addTargetRoutes(router: Router, options: RouterOptions) {
  const { auditor, authorizer, knex, targets } = options;

  const find = findTarget.bind(undefined, options);

  /** Of targets on which the caller has each permission, which is needed somewhere. */
  const filterOfAll = async (
    request: Request,
    permissions: ResourcePermission[],
  ): Promise<RowFilter> => {
    const caller = await authorizer.identify(request);
    const filters = [];
    for (const permission of permissions) {
      await authorizer.requireSomewhere(caller, permission);
      filters.push(await authorizer.filter(caller, permission));
    }
    return everyFilter(filters);
  };

  router.get('/campaigns/:campaign/targets', async (request, response) => {
    const { row, readable } = await findCampaign(
      options,
      request,
      request.params.campaign,
      campaignReadPermission,
    );
    const query = request.query as unknown as ListTargetsRequest;
    response.json(
      await listTargets(knex, { campaignId: row.id }, query, readable),
    );
  });

  router.get(
    '/campaigns/:campaign/target-facets',
    async (request, response) => {
      const { row, readable } = await findCampaign(
        options,
        request,
        request.params.campaign,
        campaignReadPermission,
      );
      response.json(await getTargetFacets(knex, row.id, readable));
    },
  );

  router.get('/targets', async (request, response) => {
    const caller = await authorizer.identify(request);
    const readable = await authorizer.filter(caller, targetReadPermission);
    const { entityRef, ownerRef, ...page } =
      request.query as unknown as PageRequest & {
        entityRef?: string;
        ownerRef?: string;
      };
    if (Boolean(entityRef) === Boolean(ownerRef)) {
      throw new InputError('Ask for either an entityRef or an ownerRef');
    }
    const subject = entityRef ? { entityRef } : { ownerRef: ownerRef! };
    response.json(await listTargets(knex, subject, page, readable));
  });

  router.get('/targets/:target', async (request, response) => {
    response.json(await find(request, request.params.target));
  });

  router.get('/targets/:target/jobs', async (request, response) => {
    const { id } = await find(request, request.params.target);
    const page = request.query as unknown as PageRequest;
    response.json(await listJobs(knex, id, page));
  });

  router.get('/targets/:target/change', async (request, response) => {
    const { changeId } = await find(request, request.params.target);
    if (!changeId) throw new NotFoundError('This target has no change yet');
    response.json(await getChange(knex, changeId));
  });

  router.get('/targets/:target/prompt', async (request, response) => {
    const target = await find(request, request.params.target);
    // Most of a prompt is of the campaign.
    await findCampaign(
      options,
      request,
      target.campaignId,
      campaignReadPermission,
    );
    const { revisionId } = request.query as { revisionId?: string };
    response.json(await options.prompts.render(target, revisionId));
  });

  router.get('/jobs/:job/events', async (request, response) => {
    const job = await findJob(options, request);
    const { after } = request.query as unknown as { after?: number };
    response.json({ items: await listJobEvents(knex, job.id, after) });
  });

  const actions: Record<
    string,
    {
      /** On the campaign, or all of these on each target. */
      permission:
        | { campaign: ResourcePermission }
        | { target: ResourcePermission[] };
      act: (
        request: TargetActionRequest,
        reason: string,
      ) => Promise<TargetActionResult>;
    }
  > = {
    approve: {
      // What is approved is published, without anyone being asked again.
      permission: {
        target: [targetApprovePermission, targetPublishPermission],
      },
      act: request => targets.approve(request),
    },
    retry: {
      permission: { campaign: campaignLaunchPermission },
      act: request => targets.retry(request),
    },
    skip: {
      permission: { campaign: campaignUpdatePermission },
      act: (request, reason) => targets.skip(request, reason),
    },
    include: {
      permission: { campaign: campaignUpdatePermission },
      act: request => targets.include(request),
    },
    stop: {
      permission: { campaign: campaignLaunchPermission },
      act: request => targets.stop(request),
    },
    'roll-back': {
      permission: { campaign: campaignRollBackPermission },
      act: (request, reason) => targets.rollBack(request, reason),
    },
  };
  for (const [name, { permission, act }] of Object.entries(actions)) {
    router.post(
      `/campaigns/:campaign/targets/${name}`,
      async (request, response) => {
        const { reason, ...selection } = request.body;
        const { campaign } = request.params;
        const { changed, skipped } = await audited(
          auditor,
          request,
          `target-${name}`,
          { campaign, ...request.body },
          async () => {
            const allowed =
              'target' in permission
                ? await filterOfAll(request, permission.target)
                : allRows;
            const { row, caller, readable } = await findCampaign(
              options,
              request,
              campaign,
              'campaign' in permission
                ? permission.campaign
                : campaignReadPermission,
            );
            return act(
              {
                campaignId: row.id,
                readable,
                selection: selection as TargetSelection,
                actor: caller.actor,
                allowed,
              },
              reason,
            );
          },
          result => ({
            changes: result.transitions,
            skipped: result.skipped.length,
          }),
        );
        response.json({ changed, skipped });
      },
    );
  }
}
