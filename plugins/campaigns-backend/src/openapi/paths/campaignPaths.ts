import { campaignStates } from '@skein/plugin-campaigns-common';
import { pageOf, ref } from '../schemas';
import {
  campaign,
  campaignAction,
  campaignList,
  empty,
  inQuery,
  manyOf,
  operation,
  page,
  reason,
  text,
} from './operations';

/** Routes of campaigns. */
export const campaignPaths = {
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
};
