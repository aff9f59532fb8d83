import { ColumnRef, Source } from '../sql/ast';
import { Confidence } from '../types';
import { Analysis } from './Analysis';
import { Region } from './Region';

/** A name that a table goes by because it is its own: it takes the new one. */
export function renameOwnName(
  analysis: Analysis,
  region: Region,
  part: ColumnRef['parts'][number],
  use: NonNullable<ReturnType<Analysis['old']>>,
  confidence: Confidence,
): void {
  analysis.edit(region, {
    start: part.start,
    end: part.end,
    newText: use.implicitAlias!.after,
    kind: use.kind,
    cause: use.cause,
    reason: 'the table is named by its own name',
    confidence,
  });
}

/** `users_v1.user_id` without an alias becomes `users_v2.user_id`. */
export function renameQualifier(
  analysis: Analysis,
  region: Region,
  resolution: { qualifier: ColumnRef['parts']; source?: Source },
): void {
  const { qualifier, source } = resolution;
  const use = source?.table && analysis.old(source.table);
  if (
    !source ||
    !use ||
    qualifier.length === 0 ||
    !analysis.renamesAlias(source)
  ) {
    return;
  }
  const part = qualifier[qualifier.length - 1];
  if (part.value?.toLowerCase() !== use.implicitAlias!.before.toLowerCase()) {
    return;
  }
  renameOwnName(analysis, region, part, use, use.sure ? 'certain' : 'likely');
  // `dataset.table.column`: what stands before the table's name follows it
  for (let back = 2; back <= qualifier.length; back++) {
    const before = qualifier[qualifier.length - back];
    const successor = use.mapping.to[use.mapping.to.length - back];
    if (successor !== undefined && successor !== before.value) {
      analysis.edit(region, {
        start: before.start,
        end: before.end,
        newText: successor,
        kind: 'dataset',
        cause: use.cause,
        reason: 'the table is named in full',
        confidence: use.sure ? 'certain' : 'likely',
      });
    }
  }
}
