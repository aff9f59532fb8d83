import { targetStates } from '@skein/plugin-campaigns-common';
import { itemsOf, pageOf, ref } from '../schemas';
import {
  campaign,
  inPath,
  inQuery,
  manyOf,
  number,
  operation,
  page,
  target,
  targetsAction,
  text,
} from './operations';

/** Routes of targets and their jobs. */
export const targetPaths = {
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
      parameters: [
        target,
        inQuery('revisionId', { type: 'string', format: 'uuid' }),
      ],
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
};
