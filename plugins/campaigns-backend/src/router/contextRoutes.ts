import {
  campaignLaunchPermission,
  campaignReadPermission,
  CampaignInput,
  campaignUpdatePermission,
  EvaluationSample,
  ListTrialsRequest,
  PageRequest,
} from '@skein/plugin-campaigns-common';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import { Request, Router } from 'express';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { listRevisions } from '../database/operations/campaigns/listRevisions';
import { getJobChange } from '../database/operations/jobs/getJobChange';
import { audited } from './audited';
import { findCampaign } from './findCampaign';
import { findJob } from './findJob';
import { RouterOptions } from './RouterOptions';

type Pair = { base: string; head: string };

/** Routes for what jobs are told, and how well it works. */
export function addContextRoutes(router: Router, options: RouterOptions) {
  addRevisionRoutes(router, options);
  addEvaluationRoutes(router, options);

  router.get('/jobs/:job/change', async (request, response) => {
    const job = await findJob(options, request);
    response.json(await getJobChange(options.knex, job.id));
  });
}

function addRevisionRoutes(router: Router, options: RouterOptions) {
  const { auditor, campaigns, knex, revisions } = options;

  const find = (request: Request, permission: ResourcePermission) =>
    findCampaign(options, request, request.params.campaign, permission);

  router.get('/campaigns/:campaign/revisions', async (request, response) => {
    const { row } = await find(request, campaignReadPermission);
    const page = request.query as unknown as PageRequest;
    response.json(await listRevisions(knex, row.id, page));
  });

  router.post('/campaigns/:campaign/revisions', async (request, response) => {
    const { campaign } = request.params;
    const { note, ...input } = request.body as CampaignInput & {
      note?: string;
    };
    const created = await audited(
      auditor,
      request,
      'revision-create',
      { campaign, note },
      async () => {
        const { row, caller } = await find(request, campaignUpdatePermission);
        return revisions.create(row.id, input as CampaignInput, {
          note,
          actor: caller.actor,
        });
      },
      ({ id, number }) => ({ after: { revisionId: id, number } }),
    );
    response.status(201).json(created);
  });

  router.get(
    '/campaigns/:campaign/revisions/:revision',
    async (request, response) => {
      const { row } = await find(request, campaignReadPermission);
      response.json(await revisions.get(row.id, request.params.revision));
    },
  );

  router.post(
    '/campaigns/:campaign/revisions/:revision/adopt',
    async (request, response) => {
      const { campaign, revision } = request.params;
      const { row, readable } = await audited(
        auditor,
        request,
        'revision-adopt',
        { campaign, revision },
        async () => {
          const found = await find(request, campaignUpdatePermission);
          await revisions.adopt(found.row.id, revision, found.caller.actor);
          const after = await getCampaignRow(knex, found.row.id);
          return { ...found, after };
        },
        ({ row: before, after }) => ({
          before: { revisionId: before.revision_id },
          after: { revisionId: after.revision_id },
        }),
      );
      response.json(await campaigns.get(row.id, readable));
    },
  );

  router.get(
    '/campaigns/:campaign/revision-comparison',
    async (request, response) => {
      const { row } = await find(request, campaignReadPermission);
      const pair = request.query as unknown as Pair;
      response.json(await revisions.compare(row.id, pair));
    },
  );
}

function addEvaluationRoutes(router: Router, options: RouterOptions) {
  const { auditor, evaluations } = options;

  /** The campaign, and which of its targets the caller may see. */
  const find = async (
    request: Request,
    permission: ResourcePermission = campaignReadPermission,
  ) => {
    const { campaign } = request.params;
    const found = await findCampaign(options, request, campaign, permission);
    const { caller, readable, row } = found;
    return { id: row.id, actor: caller.actor, readable };
  };

  router.get('/campaigns/:campaign/evaluations', async (request, response) => {
    const { id, readable } = await find(request);
    const page = request.query as unknown as PageRequest;
    response.json(await evaluations.list(id, page, readable));
  });

  router.post('/campaigns/:campaign/evaluations', async (request, response) => {
    const { campaign } = request.params;
    const { revisionId, sample } = request.body as {
      revisionId: string;
      sample: EvaluationSample;
    };
    const started = await audited(
      auditor,
      request,
      'evaluation-start',
      { campaign, revisionId, sample },
      async () => {
        const { id, ...caller } = await find(request, campaignLaunchPermission);
        return evaluations.start(id, { revisionId, sample, ...caller });
      },
      ({ id, targetCount }) => ({ after: { evaluationId: id, targetCount } }),
    );
    response.status(201).json(started);
  });

  router.get(
    '/campaigns/:campaign/evaluations/:evaluation',
    async (request, response) => {
      const { id, readable } = await find(request);
      const { evaluation } = request.params;
      response.json(await evaluations.get(id, evaluation, readable));
    },
  );

  router.post(
    '/campaigns/:campaign/evaluations/:evaluation/stop',
    async (request, response) => {
      const { campaign, evaluation } = request.params;
      const stopped = await audited(
        auditor,
        request,
        'evaluation-stop',
        { campaign, evaluation },
        async () => {
          const { id, actor, readable } = await find(
            request,
            campaignUpdatePermission,
          );
          await evaluations.stop(id, evaluation, actor);
          return evaluations.get(id, evaluation, readable);
        },
        ({ state }) => ({ before: { state: 'running' }, after: { state } }),
      );
      response.json(stopped);
    },
  );

  router.get(
    '/campaigns/:campaign/evaluations/:evaluation/trials',
    async (request, response) => {
      const { id, readable } = await find(request);
      const query = request.query as unknown as ListTrialsRequest;
      const { evaluation } = request.params;
      response.json(
        await evaluations.listTrials(id, evaluation, query, readable),
      );
    },
  );

  router.get(
    '/campaigns/:campaign/evaluation-comparison',
    async (request, response) => {
      const { id, readable } = await find(request);
      const query = request.query as unknown as Pair & PageRequest;
      response.json(await evaluations.compare(id, query, readable));
    },
  );
}
