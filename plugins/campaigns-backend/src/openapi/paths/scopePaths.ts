import { pageOf, ref } from '../schemas';
import {
  campaign,
  campaignAction,
  manyOf,
  operation,
  page,
} from './operations';

/** Routes of scopes. */
export const scopePaths = {
  '/campaigns/{campaign}/refresh-scope': campaignAction(
    'refreshScope',
    'Compute the scope again',
  ),
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
};
