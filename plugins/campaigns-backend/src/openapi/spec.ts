import { campaignStates, targetStates } from '@skein/plugin-campaigns-common';
import { itemsOf, pageOf, ref, schemas } from './schemas';

type Parameter = {
  in: 'path' | 'query';
  name: string;
  required?: boolean;
  description?: string;
  schema: object;
};

function operation(options: {
  id: string;
  summary: string;
  parameters?: Parameter[];
  body?: object;
  /** Schema of the answer; without one the answer is 204. */
  answer?: object;
  status?: number;
}) {
  const { id, summary, parameters, body, answer, status = 200 } = options;
  return {
    operationId: id,
    summary,
    ...(parameters && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      ...(answer
        ? {
            [status]: {
              description: 'Done',
              content: { 'application/json': { schema: answer } },
            },
          }
        : { 204: { description: 'Done' } }),
      default: {
        description: 'An error, as all of Backstage answers it',
        content: {
          'application/json': {
            schema: { type: 'object', additionalProperties: true },
          },
        },
      },
    },
  };
}

function inPath(
  name: string,
  description: string,
  schema: object = { type: 'string', format: 'uuid' },
): Parameter {
  return { in: 'path', name, required: true, description, schema };
}

function inQuery(name: string, schema: object): Parameter {
  return { in: 'query', name, schema };
}

function manyOf(name: string, values?: readonly string[]): Parameter {
  return inQuery(name, {
    type: 'array',
    maxItems: 200,
    items: values ? { enum: values } : { type: 'string', maxLength: 255 },
  });
}

const campaign = inPath('campaign', 'Name or id of the campaign', {
  type: 'string',
  minLength: 1,
  maxLength: 63,
});
const target = inPath('target', 'Id of the target');
const text = { type: 'string', maxLength: 255 };
/** Larger numbers than a database counts. */
const number = {
  type: 'integer',
  minimum: 0,
  maximum: Number.MAX_SAFE_INTEGER,
};
const page = [
  inQuery('offset', number),
  inQuery('limit', { type: 'integer', minimum: 1, maximum: 200 }),
];
const reason = { type: 'string', minLength: 1, maxLength: 1_000 };
const empty = { type: 'object', additionalProperties: false };

function campaignAction(id: string, summary: string, body: object = empty) {
  return {
    post: operation({
      id,
      summary,
      parameters: [campaign],
      body,
      answer: ref('Campaign'),
    }),
  };
}

function targetsAction(
  id: string,
  summary: string,
  body: object = ref('TargetSelection'),
) {
  return {
    post: operation({
      id,
      summary,
      parameters: [campaign],
      body,
      answer: ref('BulkResult'),
    }),
  };
}

function campaignList(id: string, summary: string, item: object) {
  return {
    get: operation({
      id,
      summary,
      parameters: [campaign, ...page],
      answer: pageOf(item),
    }),
  };
}

/** The API of the plugin; requests are checked against it. */
export const spec = {
  openapi: '3.1.0',
  info: {
    title: 'campaigns',
    version: '1',
    description: 'Retires datasets across repositories',
    license: { name: 'Apache-2.0' },
    contact: {},
  },
  servers: [{ url: '/' }],
  paths: {
    '/status': {
      get: operation({
        id: 'getStatus',
        summary: 'What this installation can do',
        answer: ref('SystemStatus'),
      }),
    },
    '/validate': {
      post: operation({
        id: 'validateCampaign',
        summary: 'Check a campaign file without storing it',
        body: ref('CampaignFiles'),
        answer: ref('ValidationResult'),
      }),
    },
    '/campaigns': {
      get: operation({
        id: 'listCampaigns',
        summary: 'Campaigns, newest first',
        parameters: [
          ...page,
          manyOf('states', campaignStates),
          inQuery('search', text),
        ],
        answer: pageOf(ref('CampaignSummary')),
      }),
      post: operation({
        id: 'createCampaign',
        summary: 'Create a draft',
        body: ref('CampaignInput'),
        answer: ref('Campaign'),
        status: 201,
      }),
    },
    '/campaigns/{campaign}': {
      get: operation({
        id: 'getCampaign',
        summary: 'A campaign with its progress',
        parameters: [campaign],
        answer: ref('Campaign'),
      }),
      put: operation({
        id: 'updateCampaign',
        summary: 'Change what a campaign says: a new context revision',
        parameters: [campaign],
        body: ref('CampaignInput'),
        answer: ref('Campaign'),
      }),
      delete: operation({
        id: 'deleteCampaign',
        summary: 'Delete a draft',
        parameters: [campaign],
        body: empty,
      }),
    },
    '/campaigns/{campaign}/revisions': campaignList(
      'listRevisions',
      'Context revisions, newest first',
      ref('ContextRevision'),
    ),
    '/campaigns/{campaign}/activity': campaignList(
      'listActivity',
      'History, newest first',
      ref('Activity'),
    ),
    '/campaigns/{campaign}/runs': campaignList(
      'listRuns',
      'Runs, newest first',
      ref('Run'),
    ),
    '/campaigns/{campaign}/spend': {
      get: operation({
        id: 'getSpend',
        summary: 'What the model has cost, and may cost',
        parameters: [campaign],
        answer: ref('CampaignSpend'),
      }),
    },
    '/campaigns/{campaign}/estimate': {
      post: operation({
        id: 'estimateCost',
        summary: 'Reckon what the model will cost, from a sample of targets',
        parameters: [campaign],
        answer: ref('CostEstimate'),
      }),
    },
    '/campaigns/{campaign}/mapping-preview': {
      get: operation({
        id: 'previewMapping',
        summary: 'What each line of the mapping tables does',
        parameters: [campaign],
        answer: { type: 'array', items: ref('MappingPreview') },
      }),
    },
    '/campaigns/{campaign}/refresh-scope': campaignAction(
      'refreshScope',
      'Compute the scope again',
    ),
    '/campaigns/{campaign}/launch': campaignAction('launchCampaign', 'Launch', {
      type: 'object',
      required: ['expectedTargets'],
      properties: { expectedTargets: { type: 'integer', minimum: 1 } },
      additionalProperties: false,
    }),
    '/campaigns/{campaign}/pause': campaignAction('pauseCampaign', 'Pause', {
      ...empty,
      properties: { reason },
    }),
    '/campaigns/{campaign}/resume': campaignAction('resumeCampaign', 'Resume'),
    '/campaigns/{campaign}/cancel': campaignAction('cancelCampaign', 'Cancel', {
      ...empty,
      required: ['reason'],
      properties: { reason },
    }),
    '/campaigns/{campaign}/targets': {
      get: operation({
        id: 'listTargets',
        summary: 'Targets of a campaign',
        parameters: [
          campaign,
          ...page,
          manyOf('states', targetStates),
          manyOf('frameworks'),
          manyOf('owners'),
          manyOf('waves'),
          manyOf('failureKinds'),
          inQuery('search', text),
          inQuery('sort', {
            enum: [
              'repository',
              'framework',
              'owner',
              'state',
              'wave',
              'updatedAt',
            ],
          }),
          inQuery('order', { enum: ['asc', 'desc'] }),
        ],
        answer: pageOf(ref('Target')),
      }),
    },
    '/campaigns/{campaign}/target-facets': {
      get: operation({
        id: 'getTargetFacets',
        summary: 'Values to filter targets by',
        parameters: [campaign],
        answer: ref('TargetFacets'),
      }),
    },
    '/campaigns/{campaign}/targets/approve': targetsAction(
      'approveTargets',
      'Approve changes',
    ),
    '/campaigns/{campaign}/targets/retry': targetsAction(
      'retryTargets',
      'Try targets again',
    ),
    '/campaigns/{campaign}/targets/skip': targetsAction(
      'skipTargets',
      'Take targets out of scope',
      ref('TargetSelectionWithReason'),
    ),
    '/campaigns/{campaign}/targets/include': targetsAction(
      'includeTargets',
      'Take targets into scope',
    ),
    '/campaigns/{campaign}/targets/stop': targetsAction(
      'stopTargets',
      'Stop jobs',
    ),
    '/campaigns/{campaign}/targets/roll-back': targetsAction(
      'rollBackTargets',
      'Close pull requests and delete their branches',
      ref('TargetSelectionWithReason'),
    ),
    '/targets': {
      get: operation({
        id: 'listTargetsOfEntity',
        summary: 'Targets of a catalog entity, or of an owner',
        parameters: [
          ...page,
          inQuery('entityRef', text),
          inQuery('ownerRef', text),
        ],
        answer: pageOf(ref('Target')),
      }),
    },
    '/targets/{target}': {
      get: operation({
        id: 'getTarget',
        summary: 'A target',
        parameters: [target],
        answer: ref('Target'),
      }),
    },
    '/targets/{target}/jobs': {
      get: operation({
        id: 'listJobs',
        summary: 'Jobs of a target, newest first',
        parameters: [target, ...page],
        answer: pageOf(ref('Job')),
      }),
    },
    '/targets/{target}/reviews': {
      get: operation({
        id: 'listReviews',
        summary: 'Looks of gates and judge at the patches of a target',
        parameters: [target, ...page],
        answer: pageOf(ref('Review')),
      }),
    },
    '/campaigns/{campaign}/scope/snapshots': {
      get: operation({
        id: 'listScopeSnapshots',
        summary: 'The scope as it was computed each time, newest first',
        parameters: [campaign, ...page],
        answer: pageOf(ref('ScopeSnapshot')),
      }),
    },
    '/campaigns/{campaign}/scope/changes': {
      get: operation({
        id: 'listScopeChanges',
        summary: 'What came, went and changed in the scope, newest first',
        parameters: [
          campaign,
          ...page,
          manyOf('kinds', ['came', 'went', 'changed']),
        ],
        answer: pageOf(ref('ScopeChange')),
      }),
    },
    '/campaigns/{campaign}/review-statistics': {
      get: operation({
        id: 'getReviewStatistics',
        summary: 'How the changes of each context revision fared in review',
        parameters: [campaign],
        answer: itemsOf(ref('ReviewStatistics')),
      }),
    },
    '/targets/{target}/change': {
      get: operation({
        id: 'getChange',
        summary: 'The newest change of a target',
        parameters: [target],
        answer: ref('Change'),
      }),
    },
    '/targets/{target}/prompt': {
      get: operation({
        id: 'getPrompt',
        summary: 'What an agent would be told of a target now',
        parameters: [target],
        answer: ref('TargetPrompt'),
      }),
    },
    '/jobs/{job}/events': {
      get: operation({
        id: 'listJobEvents',
        summary: 'Log of a job, oldest first',
        parameters: [inPath('job', 'Id of the job'), inQuery('after', number)],
        answer: itemsOf(ref('JobEvent')),
      }),
    },
    '/jobs/{job}/model-calls': {
      get: operation({
        id: 'listModelCalls',
        summary: 'Calls to the model for a job, newest first',
        parameters: [inPath('job', 'Id of the job'), ...page],
        answer: pageOf(ref('ModelCall')),
      }),
    },
    '/lineage': {
      get: operation({
        id: 'getLineage',
        summary: 'What reads a dataset, or what it is made from',
        parameters: [
          {
            ...inQuery('dataset', { ...text, minLength: 1 }),
            required: true,
            description: 'Dotted name, or entity ref',
          },
          inQuery('direction', { enum: ['downstream', 'upstream', 'both'] }),
          inQuery('depth', { type: 'integer', minimum: 1, maximum: 20 }),
          inQuery('limit', { type: 'integer', minimum: 1, maximum: 10_000 }),
        ],
        answer: ref('LineageGraph'),
      }),
    },
    '/lineage/datasets': {
      get: operation({
        id: 'listLineageDatasets',
        summary: 'All datasets that lineage knows, by name',
        parameters: [
          inQuery('after', { type: 'string', maxLength: 1_000 }),
          inQuery('limit', { type: 'integer', minimum: 1, maximum: 1_000 }),
        ],
        answer: ref('LineageDatasetPage'),
      }),
    },
    '/lineage/columns': {
      get: operation({
        id: 'getColumnLineage',
        summary: 'What becomes of a column of a dataset',
        parameters: [
          {
            ...inQuery('dataset', { ...text, minLength: 1 }),
            required: true,
            description: 'Dotted name, or entity ref',
          },
          {
            ...inQuery('column', { ...text, minLength: 1 }),
            required: true,
          },
          inQuery('depth', { type: 'integer', minimum: 1, maximum: 20 }),
          inQuery('limit', { type: 'integer', minimum: 1, maximum: 5_000 }),
        ],
        answer: ref('LineageColumnGraph'),
      }),
    },
    '/lineage/providers': {
      get: operation({
        id: 'listLineageProviders',
        summary: 'Sources of lineage and how fresh they are',
        answer: itemsOf(ref('LineageProviderStatus')),
      }),
    },
    '/lineage/refresh': {
      post: operation({
        id: 'refreshLineage',
        summary: 'Read all sources of lineage now',
        body: empty,
      }),
    },
    '/search': {
      post: operation({
        id: 'searchCode',
        summary: 'Look for code in the repositories that the caller may see',
        body: ref('CodeSearchRequest'),
        answer: ref('CodeSearchReport'),
      }),
    },
  },
  components: { schemas },
};
