import { Knex } from 'knex';
import { RowFilter } from '../../../authorization';
import { whereTargetVisible } from '../targets/whereTargetVisible';
import { roundsByJob } from '../reviews/roundsByJob';

/**
 * The trials of runs as a query that still selects nothing: `jobs` with their
 * `targets`, `changes`, sums in `model_spend` and `rounds` of review.
 *
 * @param readable - of targets; what a person may not see is not counted either
 */
export function selectTrials(
  knex: Knex,
  runIds: string[],
  readable: RowFilter,
): Knex.QueryBuilder {
  const rounds = roundsByJob(knex).whereIn(
    'job_id',
    knex('jobs').whereIn('run_id', runIds).select('id'),
  );
  const query = knex('jobs')
    .join('targets', 'targets.id', 'jobs.target_id')
    .leftJoin('changes', 'changes.id', 'jobs.change_id')
    .leftJoin('model_spend', join =>
      join
        .on('model_spend.scope_id', 'jobs.id')
        .andOnVal('model_spend.scope', 'job'),
    )
    .leftJoin(rounds.as('rounds'), 'rounds.job_id', 'jobs.id')
    .whereIn('jobs.run_id', runIds)
    .where('jobs.task', 'evaluate');
  whereTargetVisible(query, knex, 'targets.id', readable);
  return query;
}
