import { OldUse } from '../resolve/Binding';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { analyzeExpression } from './analyzeExpression';
import { analyzeLooseTable } from './analyzeLooseTable';
import { NOT_COLUMNS } from './jinjaCalls';
import { renameOutputName } from './renameOutputName';

/** Rewrites or refuses what Jinja says of deprecated tables and their columns. */
export function analyzeJinja(analysis: Analysis, region: Region): void {
  for (const table of region.looseTables) {
    const use = analysis.old(table);
    if (use) {
      analyzeLooseTable(analysis, region, table, use);
    }
  }
  const parts = new Map(region.jinja.map(part => [part.start, part]));
  for (const scope of region.tree.scopes) {
    for (const expression of scope.expressions) {
      const part = parts.get(expression.start);
      if (part) {
        analyzeExpression(analysis, region, scope, part);
      }
    }
  }
  analyzeLists(analysis, region);
  analyzeConfig(analysis, region);
}

/** Keys of a model's config that name columns of its output. */
const COLUMN_KEYS =
  /^(unique_key|updated_at|check_cols|cluster_by|partition_by|sort|dist|merge_update_columns|merge_exclude_columns|invalidate_hard_deletes)$/;

/** Where the output takes new names, the config that names its columns follows. */
function analyzeConfig(analysis: Analysis, region: Region): void {
  const query = analysis.session.renames
    ? analysis.session.outputOf(region)
    : undefined;
  if (!query) {
    return;
  }
  const configs = region.jinja.flatMap(({ code }) =>
    code.calls.filter(call => call.name === 'config'),
  );
  for (const argument of configs.flatMap(call => call.args)) {
    if (!COLUMN_KEYS.test(argument.keyword ?? '')) {
      continue;
    }
    for (const string of argument.strings) {
      renameOutputName(analysis, region, query, string);
    }
  }
}

export function causeOf(use: OldUse, root: string): string {
  const change = use.mapping.change([root]);
  return change.kind === 'keep' ? use.mapping.cause() : change.cause;
}

/** `{% for column in ['user_id'] %}`: names that a loop makes columns of. */
function analyzeLists(analysis: Analysis, region: Region): void {
  const tables = region.tree.tables.filter(
    table => table.use === 'from' && analysis.old(table),
  );
  if (tables.length === 0) {
    return;
  }
  for (const part of region.jinja) {
    if (
      part.kind !== 'tag' ||
      (part.code.tag !== 'for' && part.code.tag !== 'set')
    ) {
      continue;
    }
    const calls = part.code.calls.filter(call => NOT_COLUMNS.test(call.name));
    for (const string of part.code.strings) {
      if (
        calls.some(call => call.start <= string.start && string.end <= call.end)
      ) {
        continue;
      }
      for (const table of tables) {
        const use = analysis.old(table)!;
        const root = string.value.split('.')[0].toLowerCase();
        if (use.mapping.changedRoots.has(root)) {
          analysis.refuse(region, {
            start: string.start,
            end: string.end,
            kind: 'column',
            code: 'dynamic-name',
            reason: `the name ${string.value} stands in a Jinja list, and it may become a column of ${use.mapping.table.from}`,
            cause: causeOf(use, root),
            tables: [table],
          });
        }
      }
    }
  }
}
