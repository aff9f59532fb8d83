import { ColumnChange } from '../mapping/ColumnChange';
import { OldUse } from '../resolve/Binding';
import { Resolution } from '../resolve/Resolver';
import { ColumnRef, Item, Scope, Source, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import {
  conversionText,
  outer,
  renameChanges,
  TextContext,
} from './columnText';
import { flowing } from './flows';
import {
  followedAlias,
  isTakenByPlace,
  namesOutput,
  renamedOutput,
} from './outputs';
import { Region } from './Region';

type ColumnResolution = Resolution & { kind: 'column' };

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

function refuseRow(
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
      const part = ref.parts[0];
      const use = analysis.old(source.table)!;
      analysis.edit(region, {
        start: part.start,
        end: part.end,
        newText: use.implicitAlias!.after,
        kind: use.kind,
        cause: use.cause,
        reason: 'the table is named by its own name',
        confidence: 'certain',
      });
    }
  }
}

function refuseAmbiguous(
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
function refuseAmbiguousItems(
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

function causeOf(change: ColumnChange): string | undefined {
  return change.kind === 'keep' ? undefined : change.cause;
}

/** `users_v1.user_id` without an alias becomes `users_v2.user_id`. */
function renameQualifier(
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
  analysis.edit(region, {
    start: part.start,
    end: part.end,
    newText: use.implicitAlias!.after,
    kind: use.kind,
    cause: use.cause,
    reason: 'the table is named by its own name',
    confidence: use.sure ? 'certain' : 'likely',
  });
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
  write(analysis, region, ref, resolution, use, change, context, renames, fail);
}

function quoteOf(analysis: Analysis): '`' | '"' {
  return analysis.session.dialect === 'bigquery' ||
    analysis.session.dialect === 'spark'
    ? '`'
    : '"';
}

function write(
  analysis: Analysis,
  region: Region,
  ref: ColumnRef,
  resolution: ColumnResolution,
  use: OldUse,
  change: ColumnChange & { kind: 'rename' | 'convert' },
  context: TextContext,
  renames: boolean,
  fail: (code: 'ambiguous' | 'type-change', reason: string) => void,
): void {
  const confidence = use.sure && resolution.sure ? 'certain' : 'likely';
  const push = (start: number, end: number, newText: string, reason: string) =>
    analysis.edit(region, {
      start,
      end,
      newText,
      kind: 'column',
      cause: change.cause,
      reason,
      confidence,
    });
  const last = ref.parts[ref.parts.length - 1];
  const oldName = region.content.slice(outer(last).start, outer(last).end);
  const as = /^[a-z]/.test(ref.scope.keyword) ? 'as' : 'AS';
  const keepsName = namesOutput(ref) && !renames;
  if (change.kind === 'rename') {
    const changes = renameChanges(
      ref,
      resolution,
      change.to,
      use.mapping,
      context,
    );
    if (!changes) {
      fail(
        'type-change',
        `${change.line.from} moves out of the record that it is read from here`,
      );
      return;
    }
    const newName = change.to[change.to.length - 1];
    const alias =
      keepsName && newName !== last.value ? ` ${as} ${oldName}` : '';
    const reason = `${change.line.from} is now ${change.to.join('.')}`;
    changes.forEach((one, i) => {
      const tail =
        i === changes.length - 1 && alias && ref.tail === one.end ? alias : '';
      push(one.start, one.end, one.newText + tail, reason);
    });
    const lastChange = changes[changes.length - 1];
    if (alias && lastChange && ref.tail !== lastChange.end) {
      push(ref.tail, ref.tail, alias, `${reason}; the output keeps its name`);
    }
    renameQualifier(analysis, region, resolution);
    return;
  }
  if (ref.indexed) {
    fail(
      'type-change',
      `${change.line.from} is read through an array element and cannot be converted there`,
    );
    return;
  }
  const converted = conversionText(resolution, change, use.mapping, context);
  if (converted === undefined) {
    fail(
      'type-change',
      `${change.line.from} is computed from columns outside the record that it is read from here`,
    );
    return;
  }
  if (
    region.host &&
    [...region.host.forbidden].some(character => converted.includes(character))
  ) {
    fail(
      'type-change',
      `the transform of ${change.line.from} holds characters that must not be written into this string`,
    );
    return;
  }
  const whole = ref.alone && ref.tail === ref.end;
  const text = whole || change.transform.atomic ? converted : `(${converted})`;
  const reason = change.to
    ? `${change.line.from} is now ${change.to.join('.')}`
    : `${change.line.from} is now computed`;
  const alias = keepsName ? ` ${as} ${oldName}` : '';
  if (alias && ref.tail !== ref.end) {
    push(ref.start, ref.end, text, reason);
    push(ref.tail, ref.tail, alias, `${reason}; the output keeps its name`);
  } else {
    push(ref.start, ref.end, text + alias, reason);
  }
}

/** `ORDER BY user_id`, where the output column itself takes a new name. */
function followOwnOutput(
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
function followItem(
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
  write(
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
