import {
  anything,
  integer,
  list,
  object,
  repository,
  string,
  time,
} from './words';

/** Schemas of scopes. */
export const scopeSchemas = {
  ScopeSnapshot: object({
    id: string,
    campaignId: string,
    number: integer,
    computedAt: time,
    inScope: integer,
    unsure: integer,
    outOfScope: integer,
    came: integer,
    went: integer,
    changed: integer,
    notices: list(string),
  }),
  ScopeChange: object(
    {
      id: string,
      snapshotNumber: integer,
      at: time,
      kind: { enum: ['came', 'went', 'changed'] },
      repository,
      path: string,
    },
    { before: anything, after: anything, targetId: string },
  ),
};
