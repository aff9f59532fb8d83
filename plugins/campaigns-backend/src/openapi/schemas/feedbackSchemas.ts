import {
  campaignFileSchema,
  feedbackStates,
} from '@skein/plugin-campaigns-common';
import { component, integer, object, repository, string, time } from './words';

const { lesson } = campaignFileSchema.$defs;
const source = { enum: ['reviewer', 'agent'] };

const feedback = object(
  {
    id: string,
    campaignId: string,
    target: object({ id: string, repository, path: string }),
    source,
    text: string,
    createdAt: time,
  },
  {
    revisionNumber: integer,
    author: string,
    file: string,
    line: integer,
    url: string,
    jobId: string,
  },
);

const keys = {
  description: 'Groups; see FeedbackGroup',
  type: 'array',
  minItems: 1,
  maxItems: 100,
  uniqueItems: true,
  items: { type: 'string', pattern: '^[0-9a-f]{64}$' },
};

/** Schemas of feedback and what is decided about it. */
export const feedbackSchemas = {
  Feedback: feedback,
  FeedbackGroup: object(
    {
      key: string,
      source,
      state: { enum: feedbackStates },
      count: integer,
      targets: integer,
      latest: component('Feedback'),
    },
    {
      promotedTo: object({ revisionId: string, revisionNumber: integer }),
      decidedBy: string,
      decidedAt: time,
    },
  ),
  FeedbackSelection: object({ keys }),
  FeedbackPromotion: object({
    keys,
    text: lesson.properties.text,
    for: lesson.properties.for,
    adopt: {
      description:
        'Tell it to all jobs that follow; else the revision waits to be adopted',
      type: 'boolean',
    },
  }),
};
