import { TargetFilter } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';

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
  for (const word of (filter.search ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    query.whereRaw(
      "lower(targets.repo_owner || '/' || targets.repo_name || '/' || targets.path) like ? escape '\\'",
      [pattern],
    );
  }
}
