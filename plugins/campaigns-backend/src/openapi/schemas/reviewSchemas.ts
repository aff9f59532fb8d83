import { anything, integer, list, object, string, time } from './words';

/** Schemas of reviews. */
export const reviewSchemas = {
  Review: object(
    {
      id: string,
      targetId: string,
      jobId: string,
      revisionId: string,
      patchDigest: string,
      round: integer,
      outcome: { enum: ['accepted', 'rejected', 'ask'] },
      findings: list(anything),
      createdAt: time,
    },
    { judge: anything, judgeError: string },
  ),
  ReviewStatistics: object({
    revisionId: string,
    revisionNumber: integer,
    reviewed: integer,
    blocked: integer,
    judged: integer,
    vetoed: integer,
    recovered: integer,
    people: object({
      mergedAsIs: integer,
      mergedEdited: integer,
      closed: integer,
    }),
  }),
};
