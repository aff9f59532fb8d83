import { TableRef } from '../sql/ast';
import { OldUse } from '../resolve/Binding';
import { Analysis } from './Analysis';
import { movesWithDefinition } from './analyzeTables';
import { Region } from './Region';

/** A table name in a job file moves only with the statements of its job. */
export function analyzeJobs(analysis: Analysis, region: Region): void {
  const specs = region.looseTables.filter(
    (table: TableRef) => !table.call && analysis.old(table),
  );
  if (specs.length === 0) {
    return;
  }
  const { session } = analysis;
  const statements = session.jobTables(region);
  for (const spec of specs) {
    const use = analysis.old(spec)!;
    if (spec.access === 'write' && movesWithDefinition(analysis, use)) {
      continue;
    }
    if (spec.access === 'write') {
      analysis.refuse(region, {
        start: spec.start,
        end: spec.end,
        kind: 'dataset',
        code: 'writes-dataset',
        reason: `this job writes ${use.mapping.table.from}; its consumers must move first`,
        cause: use.cause,
        tables: [spec],
      });
      continue;
    }
    const own = statements.filter(
      table => session.bindingOf(table)?.old?.mapping === use.mapping,
    );
    const staying = own.filter(table => session.frozen.has(table));
    if (staying.length === 0) {
      if (own.length === 0) {
        refuseReadFields(analysis, region, spec, use);
      }
      continue;
    }
    const because = session.frozenBecause.get(staying[0]);
    analysis.refuse(region, {
      start: spec.start,
      end: spec.end,
      kind: 'dataset',
      code: because?.code ?? 'ambiguous',
      reason: `a statement of this job stays on ${use.mapping.table.from}`,
      cause: use.cause,
      tables: [spec],
    });
  }
}

/** Whoever is given a table's name reads its columns by itself: where a changed one is named, a person must look. */
function refuseReadFields(
  analysis: Analysis,
  region: Region,
  spec: TableRef,
  use: OldUse,
): void {
  if (!use.mapping.hasChanges) {
    return;
  }
  const files = region.code ? analysis.session.programs() : [region.content];
  for (const root of use.mapping.changedRoots) {
    const named = new RegExp(
      `(?<![\\w$])${root.replace(/[^\w]/g, '\\$&')}(?!\\w)`,
      'i',
    );
    if (files.some(content => named.test(content))) {
      analysis.refuse(region, {
        start: spec.start,
        end: spec.end,
        kind: 'dataset',
        code: 'ambiguous',
        reason: `${root} changes in ${use.mapping.table.to}, and it is named here outside SQL: it may be read from this table`,
        cause: use.mapping.cause(),
        tables: [spec],
      });
      return;
    }
  }
}
