import { ref, schemas } from './schemas';
import { campaignPaths } from './paths/campaignPaths';
import { contextPaths } from './paths/contextPaths';
import { feedbackPaths } from './paths/feedbackPaths';
import { lineagePaths } from './paths/lineagePaths';
import { modelPaths } from './paths/modelPaths';
import { reviewPaths } from './paths/reviewPaths';
import { scopePaths } from './paths/scopePaths';
import { targetPaths } from './paths/targetPaths';
import { operation } from './paths/operations';

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
    ...campaignPaths,
    ...contextPaths,
    ...scopePaths,
    ...targetPaths,
    ...reviewPaths,
    ...feedbackPaths,
    ...modelPaths,
    ...lineagePaths,
    '/status': {
      get: operation({
        id: 'getStatus',
        summary: 'What this installation can do',
        answer: ref('SystemStatus'),
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
