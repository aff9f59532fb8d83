import { pageOf, ref } from '../schemas';
import {
  campaign,
  campaignList,
  empty,
  inPath,
  inQuery,
  manyOf,
  operation,
  page,
} from './operations';

const revision = inPath('revision', 'Id of the context revision');
const evaluation = inPath('evaluation', 'Id of the evaluation');
const pair = ['base', 'head'].map(name => ({
  ...inQuery(name, { type: 'string', format: 'uuid' }),
  required: true,
}));

/** Routes of context revisions and their evaluations. */
export const contextPaths = {
  '/campaigns/{campaign}/revisions': {
    ...campaignList(
      'listRevisions',
      'Context revisions, newest first',
      ref('ContextRevision'),
    ),
    post: operation({
      id: 'createRevision',
      summary: 'Store a context that no job is told before it is adopted',
      parameters: [campaign],
      body: ref('RevisionInput'),
      answer: ref('ContextRevision'),
      status: 201,
    }),
  },
  '/campaigns/{campaign}/revisions/{revision}': {
    get: operation({
      id: 'getRevision',
      summary: 'A context revision with its documents',
      parameters: [campaign, revision],
      answer: ref('ContextRevisionDetail'),
    }),
  },
  '/campaigns/{campaign}/revisions/{revision}/adopt': {
    post: operation({
      id: 'adoptRevision',
      summary: 'Tell a context revision to all jobs that start from now on',
      parameters: [campaign, revision],
      body: empty,
      answer: ref('Campaign'),
    }),
  },
  '/campaigns/{campaign}/revision-comparison': {
    get: operation({
      id: 'compareRevisions',
      summary: 'What changed from one context revision to another',
      parameters: [campaign, ...pair],
      answer: ref('ContextComparison'),
    }),
  },
  '/campaigns/{campaign}/evaluations': {
    ...campaignList(
      'listEvaluations',
      'Evaluations of context revisions, newest first',
      ref('Evaluation'),
    ),
    post: operation({
      id: 'startEvaluation',
      summary: 'Try a context revision on some targets; nothing is published',
      parameters: [campaign],
      body: ref('EvaluationRequest'),
      answer: ref('Evaluation'),
      status: 201,
    }),
  },
  '/campaigns/{campaign}/evaluations/{evaluation}': {
    get: operation({
      id: 'getEvaluation',
      summary: 'An evaluation with its figures',
      parameters: [campaign, evaluation],
      answer: ref('Evaluation'),
    }),
  },
  '/campaigns/{campaign}/evaluations/{evaluation}/stop': {
    post: operation({
      id: 'stopEvaluation',
      summary: 'Stop the trials that have not ended',
      parameters: [campaign, evaluation],
      body: empty,
      answer: ref('Evaluation'),
    }),
  },
  '/campaigns/{campaign}/evaluations/{evaluation}/trials': {
    get: operation({
      id: 'listTrials',
      summary: 'The targets of an evaluation, and what became of each',
      parameters: [
        campaign,
        evaluation,
        ...page,
        manyOf('outcomes', [
          'proposed',
          'noChanges',
          'needsHuman',
          'failed',
          'overBudget',
          'stopped',
        ]),
      ],
      answer: pageOf(ref('Trial')),
    }),
  },
  '/campaigns/{campaign}/evaluation-comparison': {
    get: operation({
      id: 'compareEvaluations',
      summary: 'Two evaluations target by target',
      parameters: [campaign, ...pair, ...page],
      answer: ref('EvaluationComparison'),
    }),
  },
  '/jobs/{job}/change': {
    get: operation({
      id: 'getJobChange',
      summary: 'What a job made, a trial too',
      parameters: [inPath('job', 'Id of the job')],
      answer: ref('Change'),
    }),
  },
};
