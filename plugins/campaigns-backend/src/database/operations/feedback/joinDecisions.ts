import { Knex } from 'knex';

/** Adds to a query over `feedback` what was decided: `decisions`, and the `context_revisions` whose lesson it became. */
export function joinDecisions(query: Knex.QueryBuilder): Knex.QueryBuilder {
  return query
    .leftJoin('feedback_decisions as decisions', join =>
      join
        .on('decisions.campaign_id', 'feedback.campaign_id')
        .andOn('decisions.key', 'feedback.key'),
    )
    .leftJoin(
      'context_revisions',
      'context_revisions.id',
      'decisions.revision_id',
    );
}
