import { JinjaArgument, JinjaCall } from '../jinja/parseJinja';
import { OldUse } from '../resolve/Binding';
import { TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';
import { moveTable } from './analyzeTables';

/** Macros that give a value away, and read no columns but those that are named beside the relation. */
const VALUE_MACRO =
  /(^|\.)(get_column_values|get_single_value|get_max|get_min|get_row_count|log|print|return|config|depends_on|load_relation|get_relation|relation_exists|is_incremental|len|type_of)$/;

export function analyzeLooseTable(
  analysis: Analysis,
  region: Region,
  table: TableRef,
  use: OldUse,
): void {
  const refuse = (code: 'dynamic-name' | 'star-output', reason: string) =>
    analysis.refuse(region, {
      start: table.start,
      end: table.end,
      kind: use.kind,
      code,
      reason,
      cause: use.cause,
      tables: [table],
    });
  if (use.unclear !== undefined) {
    refuse(
      'dynamic-name',
      `this may be ${use.mapping.table.from}: ${use.unclear}`,
    );
    return;
  }
  if (table.oneOf && use.mapping.hasChanges) {
    refuse(
      'dynamic-name',
      `what stands here is ${use.mapping.table.from} and other tables in turn, and some columns of it change`,
    );
    return;
  }
  if (table.made) {
    moveTable(analysis, region, use);
    return;
  }
  const part = region.jinja.find(
    p => p.start <= table.start && table.end <= p.end,
  );
  const around = (part?.code.calls ?? []).filter(
    call =>
      call.start < table.start &&
      call.end >= table.end &&
      !/^(ref|source)$/.test(call.name),
  );
  if (part?.kind !== 'comment' && use.mapping.hasChanges && around.length > 0) {
    const call = around[around.length - 1];
    if (!VALUE_MACRO.test(call.name)) {
      refuse(
        'star-output',
        `${call.name} is given ${use.mapping.table.from}, some columns of which change, and may pass them on`,
      );
      return;
    }
    const computed = call.args.find(isComputedColumn);
    if (computed) {
      refuse(
        'dynamic-name',
        `${call.name} is given a column of ${use.mapping.table.from} by a name that is computed when it runs`,
      );
      return;
    }
    for (const argument of call.args) {
      renameListedColumns(analysis, region, argument, use, table, call);
    }
  }
  if (
    part?.kind === 'expr' &&
    around.length === 0 &&
    use.mapping.hasChanges &&
    table.call &&
    region.tree.tables.length > 0 &&
    !standsInText(region, table)
  ) {
    analysis.refuse(region, {
      start: table.start,
      end: table.end,
      kind: use.kind,
      code: 'unparsable',
      reason: `${use.mapping.table.from} is named where the rewriter does not follow the statement`,
      cause: use.cause,
      tables: [table],
    });
    return;
  }
  moveTable(analysis, region, use);
}

/** Inside a string or quoted name. */
function standsInText(region: Region, table: TableRef): boolean {
  return region.tokens.some(
    token =>
      (token.kind === 'string' || token.kind === 'quoted') &&
      token.start < table.start &&
      table.end < token.end,
  );
}

/** Neither written out nor a number: `column=chosen`. */
function isComputedColumn(argument: JinjaArgument): boolean {
  return (
    argument.strings.length === 0 &&
    argument.names.some(
      name => !/^(true|false|none|ref|source)$/i.test(name),
    ) &&
    (argument.keyword === undefined ||
      /col|field|key|order|partition|by$|where|filter/i.test(argument.keyword))
  );
}

/** `get_column_values(ref('users'), 'country')`: strings beside the relation name its columns. */
function renameListedColumns(
  analysis: Analysis,
  region: Region,
  argument: JinjaArgument,
  use: OldUse,
  table: TableRef,
  call: JinjaCall,
): void {
  for (const string of argument.strings) {
    if (string.start >= table.start && string.end <= table.end) {
      continue;
    }
    const change = use.mapping.change(string.value.split('.'));
    const inText = [...string.value.matchAll(/[A-Za-z_]\w*/g)].some(
      ([word]) =>
        word !== string.value &&
        use.mapping.changedRoots.has(word.toLowerCase()),
    );
    if (inText && !/^[\w.]+$/.test(string.value)) {
      analysis.refuse(region, {
        start: string.start,
        end: string.end,
        kind: 'column',
        code: 'unparsable',
        reason: `${string.value} names columns that change, in a text for ${call.name}`,
        cause: use.mapping.cause(),
        tables: [table],
      });
      continue;
    }
    if (
      !use.mapping.changedRoots.has(string.value.split('.')[0].toLowerCase()) ||
      change.kind === 'keep'
    ) {
      continue;
    }
    if (change.kind === 'rename') {
      analysis.edit(region, {
        start: string.start,
        end: string.end,
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
        reason: `${string.value} is now ${change.to.join('.')}`,
        confidence: 'likely',
      });
    } else {
      analysis.refuse(region, {
        start: string.start,
        end: string.end,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'dynamic-name',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `${call.name} is given the name ${string.value}, whose value must now be computed`,
        cause: change.cause,
        tables: [table],
      });
    }
  }
}
