import { Guard } from '../producers/Producers';
import { TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { isCteName } from './isCteName';
import { Region } from './Region';

const REASONS: Record<Guard, (from: string, to: string) => string> = {
  'builds-successor': (from, to) =>
    `${to} is built from this read of ${from}; moved, it would be built from itself`,
  'builds-old': from => `this builds ${from} itself, from what it held before`,
};

/** Who builds the successor, or the old dataset, goes on reading what it reads. */
export function analyzeProducers(analysis: Analysis, region: Region): void {
  for (const table of [...region.tree.tables, ...region.looseTables]) {
    const use = analysis.old(table);
    const guard =
      use &&
      table.access === 'read' &&
      !isCteName(table) &&
      !writesOld(analysis, table)
        ? analysis.session.producers.guard(region.file, table)
        : undefined;
    if (use && guard) {
      const { from, to } = use.mapping.table;
      analysis.refuse(region, {
        start: table.start,
        end: table.end,
        kind: use.kind,
        code: 'builds-dataset',
        reason: REASONS[guard](from, to),
        cause: use.cause,
        tables: [table],
      });
    }
  }
}

/** Refused as a whole: the statement writes what is deprecated. */
function writesOld({ session }: Analysis, table: TableRef): boolean {
  return table.statement.writes.some(
    target => session.bindingOf(target)?.old !== undefined,
  );
}
