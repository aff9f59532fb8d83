import { ColumnRef, Item, Scope, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { causeOf } from './analyzeColumns';
import { renamedOutput } from './outputs';

export function refuseAmbiguous(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  tables: { table: TableRef; path: string[] }[],
): void {
  for (const { table, path } of tables) {
    const use = analysis.old(table);
    if (!use) {
      continue;
    }
    const computed = ref.parts.some(part => part.value === undefined);
    const changes = computed
      ? [...use.mapping.changedRoots].some(root => spellsRoot(ref, root))
      : use.mapping.change(path).kind !== 'keep';
    if (changes) {
      analysis.refuse(region, {
        start: ref.start,
        end: ref.end,
        kind: 'column',
        code: computed ? 'dynamic-name' : 'ambiguous',
        reason: computed
          ? `part of the name is computed when it runs, and it may be a column of ${use.mapping.table.from}`
          : `the name may be the column ${path.join('.')} of ${
              use.mapping.table.from
            } or belong to another table`,
        cause: computed
          ? use.mapping.cause()
          : causeOf(use.mapping.change(path)) ?? use.mapping.cause(),
        tables: [table],
      });
    }
  }
}

/** A name that may be a renamed column of one query or a column of another cannot be followed. */
export function refuseAmbiguousItems(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  candidates: { item: Item; scope: Scope }[],
): void {
  for (const candidate of analysis.session.renames ? candidates : []) {
    const renamed = renamedOutput(analysis, candidate);
    if (renamed) {
      analysis.refuse(region, {
        start: ref.start,
        end: ref.end,
        kind: 'column',
        code: 'ambiguous',
        reason:
          'the name may be a column that is renamed on the way or belong to another table',
        cause: renamed.change.cause,
        tables: [renamed.table],
      });
    }
  }
}

function spellsRoot(ref: ColumnRef, root: string): boolean {
  const part = ref.parts.find(p => p.value === undefined)!;
  const pieces = part.pieces ?? [undefined];
  if (pieces.every(piece => piece === undefined)) {
    return ref.parts.some(p => p.value?.toLowerCase() === root);
  }
  const pattern = pieces
    .map(piece =>
      piece === undefined ? '.*' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
    .replace(/(\.\*)+/g, '.*');
  return new RegExp(`^${pattern}$`, 'i').test(root);
}
