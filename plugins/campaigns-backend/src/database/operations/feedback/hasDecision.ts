import { Knex } from 'knex';

/** Whether a row of `feedback` was decided about, as an expression in a query over it. */
export function hasDecision(knex: Knex): Knex.Raw {
  return knex.raw(
    'exists (select 1 from feedback_decisions where feedback_decisions.campaign_id = feedback.campaign_id and feedback_decisions.key = feedback.key)',
  );
}
