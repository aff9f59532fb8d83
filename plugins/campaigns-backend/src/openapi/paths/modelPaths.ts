import { pageOf, ref } from '../schemas';
import { campaign, inPath, operation, page } from './operations';

/** Routes of what the model cost. */
export const modelPaths = {
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
  '/jobs/{job}/model-calls': {
    get: operation({
      id: 'listModelCalls',
      summary: 'Calls to the model for a job, newest first',
      parameters: [inPath('job', 'Id of the job'), ...page],
      answer: pageOf(ref('ModelCall')),
    }),
  },
};
