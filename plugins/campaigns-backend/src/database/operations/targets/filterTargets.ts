import { TargetFilter } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { whereWords } from '../whereWords';

/** Narrows a query over `targets`. */
export function filterTargets(
  query: Knex.QueryBuilder,
  filter: TargetFilter,
): void {
  const columns: Array<[string, string[] | undefined]> = [
    ['targets.state', filter.states],
    ['targets.framework', filter.frameworks],
    ['targets.owner_ref', filter.owners],
    ['targets.wave', filter.waves],
    ['targets.failure_kind', filter.failureKinds],
  ];
  for (const [column, values] of columns) {
    if (values && values.length > 0) query.whereIn(column, values);
  }
  whereWords(
    query,
    "targets.repo_owner || '/' || targets.repo_name || '/' || targets.path",
    filter.search,
  );
}
