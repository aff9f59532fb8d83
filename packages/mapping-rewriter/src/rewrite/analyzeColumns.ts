import { ColumnChange } from '../mapping/ColumnChange';
import { OldUse } from '../resolve/Binding';
import { Resolution } from '../resolve/Resolution';
import { ColumnRef, Scope } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { TextContext, outer } from './columnText';
import { followItem, followOwnOutput } from './followItem';
import { followedAlias, isTakenByPlace, namesOutput } from './outputs';
import { refuseAmbiguous, refuseAmbiguousItems } from './refuseAmbiguous';
import { refuseRow } from './refuseRow';
import { renameQualifier } from './renameQualifier';
import { quoteOf, writeColumn } from './writeColumn';

export type ColumnResolution = Resolution & { kind: 'column' };

/** Rewrites or refuses every column reference of a scope. */
export function analyzeColumns(
  analysis: Analysis,
  region: Region,
  scope: Scope,
): void {
  for (const item of scope.items) {
    const followed = followedAlias(analysis, item, scope);
    if (followed && item.alias && item.alias.value !== followed.newName) {
      analysis.edit(region, {
        start: item.alias.start,
        end: item.alias.end,
        newText: followed.newName,
        kind: 'column',
        cause: followed.change.cause,
        reason: `the output ${item.alias.value} takes the new name`,
        confidence: 'likely',
      });
    }
  }
  const containers = new Set(
    scope.sources.map(source => source.path).filter(Boolean),
  );
  for (const ref of scope.refs) {
    const resolution =
      providedBy(analysis, region, ref) ?? analysis.resolver.resolve(ref);
    if (resolution.kind === 'row') {
      refuseRow(analysis, region, ref, resolution.sources, scope);
    } else if (resolution.kind === 'ambiguous') {
      refuseAmbiguous(analysis, region, ref, resolution.tables);
      refuseAmbiguousItems(analysis, region, ref, resolution.items ?? []);
    } else if (resolution.kind === 'column') {
      const use = analysis.old(resolution.table);
      if (use) {
        const change = containers.has(ref)
          ? use.mapping.container(resolution.path)
          : use.mapping.change(resolution.path);
        applyChange(analysis, region, ref, resolution, use, change);
      } else {
        renameQualifier(analysis, region, resolution);
      }
    } else if (resolution.kind === 'item' && resolution.source) {
      followItem(analysis, region, ref, resolution);
    } else if (resolution.kind === 'item') {
      followOwnOutput(analysis, region, ref, resolution);
    }
  }
}

/** A column that USING merged, where USING becomes ON: it is that of the leftmost table. */
function providedBy(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
): Resolution | undefined {
  const [first] = ref.parts;
  const source = analysis.merged
    .get(ref.scope)
    ?.get(first.value?.toLowerCase() ?? '');
  if (!source || analysis.resolver.resolve(ref).kind === 'item') {
    return undefined;
  }
  const { has, target } = analysis.resolver.lookup(
    source,
    ref.scope,
    first.value!.toLowerCase(),
  );
  if (has === 'yes' && target.kind === 'column' && analysis.old(target.table)) {
    const path = [
      ...target.path,
      ...ref.parts.slice(1).map(part => part.value ?? '?'),
    ];
    return {
      kind: 'column',
      table: target.table,
      path,
      own: ref.parts,
      qualifier: [],
      source,
      sure: true,
      outer: false,
      merged: true,
    };
  }
  const alias = analysis.newAlias(region, source);
  if (alias !== undefined) {
    const { start } = outer(first);
    analysis.edit(region, {
      start,
      end: start,
      newText: `${alias}.`,
      kind: 'column',
      cause: '',
      reason: 'the join no longer merges the column, so it says whose it is',
      confidence: 'certain',
    });
  }
  return { kind: 'none' };
}

export function causeOf(change: ColumnChange): string | undefined {
  return change.kind === 'keep' ? undefined : change.cause;
}

/** Whether names that a column's new text reads need a qualifier to mean the successor's columns. */
function needsQualifier(
  analysis: Analysis,
  ref: ColumnRef,
  resolution: ColumnResolution,
  names: string[],
): boolean {
  const { scope } = ref;
  if (resolution.merged) {
    // both sides of the USING have the new name: the column stays merged
    return false;
  }
  const behind =
    ref.clause === 'group' ||
    ref.clause === 'having' ||
    ref.clause === 'order' ||
    ref.clause === 'qualify';
  return names.some(name => {
    if (
      behind &&
      scope.items.some(
        item => item.alias && analysis.resolver.outputName(item) === name,
      )
    ) {
      return true;
    }
    return scope.sources.some(
      source =>
        source !== resolution.source &&
        analysis.resolver.lookup(source, scope, name).has !== 'no' &&
        source.kind !== 'unnest',
    );
  });
}

function applyChange(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  resolution: ColumnResolution,
  use: OldUse,
  given: ColumnChange,
): void {
  let change = given;
  const renames =
    analysis.session.renamesIn(ref.scope.statement) &&
    (change.kind === 'rename' || !isTakenByPlace(ref.scope)) &&
    ref.item !== undefined &&
    namesOutput(ref) &&
    !ref.namesField;
  if (
    renames &&
    change.kind === 'refuse' &&
    change.to &&
    /^(no-inverse|type-change)$/.test(change.code) &&
    change.line
  ) {
    change = {
      kind: 'rename',
      to: change.to,
      line: change.line,
      cause: change.cause,
    };
  } else if (renames && change.kind === 'convert' && change.to) {
    change = {
      kind: 'rename',
      to: change.to,
      line: change.line,
      cause: change.cause,
    };
  }
  if (change.kind === 'keep') {
    renameQualifier(analysis, region, resolution);
    return;
  }
  const fail = (code: 'ambiguous' | 'type-change', reason: string) =>
    analysis.refuse(region, {
      start: ref.start,
      end: ref.end,
      kind: 'column',
      code,
      reason,
      cause: causeOf(change),
      tables: [resolution.table],
    });
  if (change.kind === 'refuse') {
    analysis.refuse(region, {
      start: ref.start,
      end: ref.end,
      kind: 'column',
      code: change.code,
      reason: change.reason,
      cause: change.cause,
      tables: [resolution.table],
    });
    return;
  }
  const names =
    change.kind === 'rename'
      ? [change.to[0].toLowerCase()]
      : change.transform.reads.map(read => read.path[0]);
  let qualifier: string | undefined;
  if (resolution.qualifier.length === 0) {
    if (
      resolution.outer ||
      (resolution.merged &&
        analysis.merged
          .get(ref.scope)
          ?.has(ref.parts[0].value?.toLowerCase() ?? '')) ||
      needsQualifier(analysis, ref, resolution, names)
    ) {
      qualifier = analysis.newAlias(region, resolution.source);
      if (qualifier === undefined) {
        fail(
          'ambiguous',
          `${names.join(
            ', ',
          )} may belong to another table here, and this one has no alias to say so`,
        );
        return;
      }
    }
  } else if (
    analysis.renamesAlias(resolution.source) &&
    resolution.qualifier.every(part => part.value !== undefined) &&
    change.kind === 'convert'
  ) {
    qualifier = analysis.newAlias(region, resolution.source);
  }
  const context: TextContext = {
    content: region.content,
    qualifier,
    quote: quoteOf(analysis),
  };
  writeColumn(
    analysis,
    region,
    ref,
    resolution,
    use,
    change,
    context,
    renames,
    fail,
  );
}
