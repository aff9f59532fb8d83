import {
  amount,
  anything,
  boolean,
  component,
  integer,
  list,
  object,
  repository,
  string,
  time,
} from './words';

const uuid = { type: 'string', format: 'uuid' };
const note = { type: 'string', minLength: 1, maxLength: 500 };
const share = { type: 'number', minimum: 0, maximum: 1 };

const revision = {
  id: string,
  campaignId: string,
  number: integer,
  digest: string,
  current: boolean,
  createdBy: string,
  createdAt: time,
};

const trialTarget = object(
  { id: string, repository, path: string, framework: string },
  { ownerRef: string },
);

/** Schemas of context revisions and their evaluations. */
export const contextSchemas = {
  ContextRevision: object(revision, { note: string }),
  ContextRevisionDetail: object(
    {
      ...revision,
      documents: list(
        object({
          name: string,
          language: { enum: ['markdown', 'yaml'] },
          text: string,
        }),
      ),
    },
    { note: string, spec: anything },
  ),
  ContextComparison: object({
    base: component('ContextRevision'),
    head: component('ContextRevision'),
    documents: list(object({ name: string, patch: string })),
  }),
  RevisionInput: {
    oneOf: [
      object(
        { yaml: string },
        { files: { type: 'object', additionalProperties: string }, note },
      ),
      object({ spec: anything }, { note }),
    ],
  },
  EvaluationRequest: object({
    revisionId: uuid,
    sample: {
      description:
        'Which targets: so many of all kinds, these, or those of an earlier evaluation',
      oneOf: [
        object({ size: { type: 'integer', minimum: 1, maximum: 200 } }),
        object({
          targetIds: { type: 'array', minItems: 1, maxItems: 200, items: uuid },
        }),
        object({ sameAs: uuid }),
      ],
    },
  }),
  Evaluation: object(
    {
      id: string,
      campaignId: string,
      number: integer,
      revisionId: string,
      revisionNumber: integer,
      state: { enum: ['running', 'finished', 'stopped'] },
      targetCount: integer,
      currency: string,
      figures: object(
        {
          outcomes: {
            type: 'object',
            additionalProperties: integer,
            description: 'Number of trials by outcome',
          },
          open: integer,
          passed: integer,
          blocked: integer,
          judged: integer,
          vetoed: integer,
          recovered: integer,
          approvalRequired: integer,
          noteCount: integer,
          cost: amount,
          tokens: integer,
        },
        { passRate: share, medianMs: integer },
      ),
      createdBy: string,
      createdAt: time,
    },
    { finishedAt: time },
  ),
  Trial: object(
    {
      jobId: string,
      target: trialTarget,
      state: {
        enum: [
          'queued',
          'running',
          'succeeded',
          'failed',
          'overBudget',
          'stopped',
        ],
      },
      editCount: integer,
      noteCount: integer,
      insertions: integer,
      deletions: integer,
      blocked: integer,
      vetoed: integer,
      approvalRequired: boolean,
      cost: amount,
      tokens: integer,
    },
    {
      phase: string,
      outcome: string,
      failureKind: string,
      message: string,
      changeId: string,
      durationMs: integer,
    },
  ),
  EvaluationComparison: object({
    base: component('Evaluation'),
    head: component('Evaluation'),
    counts: object({
      better: integer,
      worse: integer,
      same: integer,
      different: integer,
      unknown: integer,
    }),
    items: list(
      object(
        {
          target: trialTarget,
          change: { enum: ['better', 'worse', 'same', 'different', 'unknown'] },
        },
        { base: component('Trial'), head: component('Trial') },
      ),
    ),
    totalItems: integer,
  }),
};
