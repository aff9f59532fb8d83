import { ColumnChange } from '../mapping/ColumnChange';
import { Resolution } from '../resolve/Resolution';
import { ColumnRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { ColumnResolution } from './analyzeColumns';
import { TextContext } from './columnText';
import { namesOutput, renamedOutput } from './outputs';
import { renameQualifier } from './renameQualifier';
import { quoteOf, writeColumn } from './writeColumn';

/** `ORDER BY user_id`, where the output column itself takes a new name. */
export function followOwnOutput(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  resolution: Resolution & { kind: 'item' },
): void {
  const renamed = analysis.session.renames
    ? renamedOutput(analysis, resolution)
    : undefined;
  const [first] = ref.parts;
  if (renamed && first.value !== renamed.newName) {
    analysis.edit(region, {
      start: first.start,
      end: first.end,
      newText: renamed.newName,
      kind: 'column',
      cause: renamed.change.cause,
      reason: `the output ${first.value} is now ${renamed.newName}`,
      confidence: 'certain',
    });
  }
}

/** Follows a column that a query of this text passes upward under its new name. */
export function followItem(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  resolution: Resolution & { kind: 'item' },
): void {
  renameQualifier(analysis, region, resolution);
  if (!analysis.session.renames) {
    return;
  }
  const renamed = renamedOutput(analysis, resolution);
  if (!renamed) {
    return;
  }
  const { use, change, table, newName } = renamed;
  const refuse = (
    code: 'ambiguous' | 'no-inverse' | 'type-change',
    reason: string,
  ) =>
    analysis.refuse(region, {
      start: ref.start,
      end: ref.end,
      kind: 'column',
      code,
      reason,
      cause: change.cause,
      tables: [table],
    });
  if (renamed.split) {
    refuse(
      'ambiguous',
      'the queries that the column may come from would give it different names or types',
    );
    return;
  }
  if (resolution.own.length > 1) {
    refuse(
      'type-change',
      'a field is read from a column that is renamed on the way',
    );
    return;
  }
  const source = resolution.source!;
  const asColumn: ColumnResolution = {
    kind: 'column',
    table,
    path: [newName],
    own: resolution.own,
    qualifier: resolution.qualifier,
    source,
    sure: true,
    outer: false,
    merged: false,
  };
  const passesOn =
    ref.item !== undefined && namesOutput(ref) && !ref.namesField;
  if (change.kind === 'refuse' && !passesOn) {
    analysis.refuse(region, {
      start: ref.start,
      end: ref.end,
      kind: 'column',
      code: change.code,
      reason: change.reason,
      cause: change.cause,
      tables: [table],
    });
    return;
  }
  const flat: ColumnChange & { kind: 'rename' | 'convert' } =
    change.kind === 'convert' && !passesOn
      ? { ...change, to: [newName] }
      : {
          kind: 'rename',
          to: [newName],
          line: change.line!,
          cause: change.cause,
        };
  if (
    flat.kind === 'convert' &&
    flat.transform.reads.some(
      read => read.path.join('.') !== newName.toLowerCase(),
    )
  ) {
    refuse(
      'no-inverse',
      'the old value is computed from columns that the query in between does not pass on',
    );
    return;
  }
  const context: TextContext = {
    content: region.content,
    qualifier: undefined,
    quote: quoteOf(analysis),
  };
  writeColumn(
    analysis,
    region,
    ref,
    asColumn,
    { ...use, mapping: use.mapping },
    flat,
    context,
    passesOn,
    refuse as never,
  );
}
