import { Knex } from 'knex';
import { ReviewRow } from './tables';

/**
 * Of each job that was reviewed one row: the number of the last round, and of
 * the last in which the judge was asked (`judged`), said no (`vetoed`), a patch
 * was accepted, or gates alone sent one back (`blocked`), 0 where there is
 * none; and how many were sent back by gates (`blocks`) and judge (`vetoes`).
 */
export function roundsByJob(knex: Knex): Knex.QueryBuilder {
  const last = (condition: string) =>
    `max(case when ${condition} then round else 0 end)`;
  const count = (condition: string) =>
    `sum(case when ${condition} then 1 else 0 end)`;
  const vetoed = "verdict = 'veto'";
  const blocked = "outcome = 'rejected' and verdict is null";
  return knex<ReviewRow>('reviews')
    .groupBy('revision_id', 'job_id')
    .select(
      'revision_id',
      'job_id',
      knex.raw(`${last('verdict is not null')} as judged`),
      knex.raw(`${last(vetoed)} as vetoed`),
      knex.raw(`${last("outcome = 'accepted'")} as accepted`),
      knex.raw(`${last(blocked)} as blocked`),
      knex.raw('max(round) as last'),
      knex.raw(`${count(blocked)} as blocks`),
      knex.raw(`${count(vetoed)} as vetoes`),
    );
}
