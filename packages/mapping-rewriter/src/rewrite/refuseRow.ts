import { ColumnRef, Scope, Source } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { flowing } from './flows';
import { renameOwnName } from './renameQualifier';

export function refuseRow(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  sources: Source[],
  scope: Scope,
): void {
  if (
    ref.clause === 'select' &&
    !ref.nested &&
    ref.parts.length === 1 &&
    ref.parts[0].value === '*'
  ) {
    return;
  }
  for (const source of sources) {
    for (const table of flowing(analysis, source, scope).keys()) {
      const use = analysis.old(table)!;
      analysis.refuse(region, {
        start: ref.start,
        end: ref.end,
        kind: 'column',
        code: 'star-output',
        reason: `all columns of ${use.mapping.table.from} are passed on here at once, and some of them change`,
        cause: use.mapping.cause(),
        tables: [table],
      });
    }
    if (
      source.table &&
      analysis.renamesAlias(source) &&
      ref.parts[0].value !== '*'
    ) {
      const use = analysis.old(source.table)!;
      renameOwnName(analysis, region, ref.parts[0], use, 'certain');
    }
  }
}
