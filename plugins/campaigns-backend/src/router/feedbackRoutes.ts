import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  campaignReadPermission,
  campaignUpdatePermission,
  Lesson,
  ListFeedbackRequest,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { Request, Router } from 'express';
import { listFeedback } from '../database/operations/feedback/listFeedback';
import { listTargetFeedback } from '../database/operations/feedback/listTargetFeedback';
import { audited } from './audited';
import { findCampaign } from './findCampaign';
import { findTarget } from './findTarget';
import { RouterOptions } from './RouterOptions';

/** Routes for what people and agents say, and what is made of it. */
export function addFeedbackRoutes(router: Router, options: RouterOptions) {
  const { auditor, feedback, knex } = options;

  /** The campaign, who asks, and which of its targets that is for. */
  const find = async (request: Request, permission: ResourcePermission) => {
    const { campaign } = request.params;
    const found = await findCampaign(options, request, campaign, permission);
    const { caller, readable, row } = found;
    return { id: row.id, before: row, actor: caller.actor, readable };
  };

  router.get('/campaigns/:campaign/feedback', async (request, response) => {
    const { id, readable } = await find(request, campaignReadPermission);
    const query = request.query as unknown as ListFeedbackRequest;
    response.json(await listFeedback(knex, id, query, readable));
  });

  router.get('/targets/:target/feedback', async (request, response) => {
    const { id } = await findTarget(options, request, request.params.target);
    const page = request.query as unknown as PageRequest;
    response.json(await listTargetFeedback(knex, id, page));
  });

  router.post(
    '/campaigns/:campaign/feedback/promote',
    async (request, response) => {
      const { campaign } = request.params;
      const promotion = request.body as {
        keys: string[];
        text: string;
        for: Lesson['for'];
        adopt: boolean;
      };
      const { revision } = await audited(
        auditor,
        request,
        'feedback-promote',
        { campaign, ...promotion },
        async () => {
          const { id, before, ...caller } = await find(
            request,
            campaignUpdatePermission,
          );
          return {
            before,
            revision: await feedback.promote(id, { ...promotion, ...caller }),
          };
        },
        ({ before, revision: { id, number, current } }) => ({
          before: { revisionId: before.revision_id },
          after: {
            revisionId: current ? id : before.revision_id,
            lessonIn: { revisionId: id, number },
          },
        }),
      );
      response.status(201).json(revision);
    },
  );

  for (const verb of ['dismiss', 'reopen'] as const) {
    router.post(
      `/campaigns/:campaign/feedback/${verb}`,
      async (request, response) => {
        const { campaign } = request.params;
        const { keys } = request.body as { keys: string[] };
        await audited(
          auditor,
          request,
          `feedback-${verb}`,
          { campaign, keys },
          async () => {
            const { id, actor, readable } = await find(
              request,
              campaignUpdatePermission,
            );
            await feedback[verb](id, { keys, actor, readable });
          },
          () => ({
            after: { state: verb === 'dismiss' ? 'dismissed' : 'open' },
          }),
        );
        response.status(204).end();
      },
    );
  }
}
