import { Knex } from 'knex';
import { allRows, RowFilter } from '../../../authorization';

/**
 * Narrows a query over what belongs to targets, as jobs, reviews or calls, to
 * those targets that may be read.
 *
 * @param column - of the query, which names the target
 */
export function whereTargetVisible(
  query: Knex.QueryBuilder,
  knex: Knex,
  column: string,
  readable: RowFilter,
): void {
  if (readable === allRows) return;
  query.whereIn(column, visibleTargets(knex, readable));
}

/** Ids of the targets that may be read, to be asked for within another query. */
export function visibleTargets(
  knex: Knex,
  readable: RowFilter,
): Knex.QueryBuilder {
  const targets = knex('targets').select('targets.id');
  readable(targets);
  return targets;
}
