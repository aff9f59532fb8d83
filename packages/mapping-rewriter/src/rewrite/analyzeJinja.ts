import { JinjaArgument, JinjaCall, JinjaString } from '../jinja/parseJinja';
import { OldUse } from '../resolve/Binding';
import { Resolution } from '../resolve/Resolver';
import { ColumnRef, NamePart, Scope, TableRef } from '../sql/ast';
import { Analysis } from './Analysis';
import { moveTable } from './analyzeTables';
import { NOT_COLUMNS } from './jinjaCalls';
import { renamedOutput } from './outputs';
import { refuseSplit, renameOutputName } from './renameOutputName';
import { JinjaPart, Region } from './Region';

/** Macros that put their arguments into the SQL as expressions. */
const EXPRESSION_MACRO =
  /^(dbt_utils\.)?(generate_)?surrogate_key$|^dbt_utils\.(safe_add|safe_subtract|safe_divide)$|^(dbt\.|dbt_utils\.)?(hash|concat|safe_cast|date_trunc|datediff|dateadd|split_part|cast_bool_to_text|length|last_day|right|listagg|any_value|bool_or|position|replace)$/;

/** Macros that pass all columns of a relation on. */
const STAR_MACRO =
  /(^|\.)(star|union_relations|unpivot|deduplicate|pivot|get_filtered_columns_in_relation|get_columns_in_relation|union_tables|fill_staging_columns|equality|except_columns)$/;

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

function analyzeLooseTable(
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
    if (STAR_MACRO.test(call.name)) {
      refuse(
        'star-output',
        `${call.name} passes on all columns of ${use.mapping.table.from}, and some of them change`,
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

function refFromString(
  string: JinjaString,
  scope: Scope,
): ColumnRef | undefined {
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(string.value)) {
    return undefined;
  }
  const parts: NamePart[] = [];
  let at = string.start;
  for (const value of string.value.split('.')) {
    parts.push({ value, start: at, end: at + value.length, quoted: false });
    at += value.length + 1;
  }
  return {
    parts,
    scope,
    clause: 'select',
    start: string.start,
    end: string.end,
    tail: string.end,
    namesField: false,
    alone: true,
    nested: true,
    indexed: false,
  };
}

/** Columns that a macro call in a query takes as strings, or reads by itself. */
function analyzeExpression(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  part: JinjaPart,
): void {
  for (const call of part.code.calls) {
    if (NOT_COLUMNS.test(call.name)) {
      continue;
    }
    call.args.forEach((argument, index) => {
      for (const string of argument.strings) {
        analyzeArgument(analysis, region, scope, call, argument, index, string);
      }
    });
    refuseHiddenColumns(analysis, region, scope, call);
  }
}

function analyzeArgument(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  call: JinjaCall,
  argument: JinjaArgument,
  index: number,
  string: JinjaString,
): void {
  const ref = refFromString(string, scope);
  const resolution = ref && analysis.resolver.resolve(ref);
  if (ref && resolution?.kind === 'item') {
    followNamedItem(analysis, region, string, resolution);
  }
  if (!ref || resolution?.kind !== 'column') {
    return;
  }
  const use = analysis.old(resolution.table);
  const change = use?.mapping.change(resolution.path);
  if (
    !use ||
    !change ||
    change.kind === 'keep' ||
    !use.mapping.changesInside(resolution.path)
  ) {
    return;
  }
  const refuse = (code: 'dynamic-name', reason: string) =>
    analysis.refuse(region, {
      start: string.start,
      end: string.end,
      kind: 'column',
      code,
      reason,
      cause: change.cause,
      tables: [resolution.table],
    });
  if (change.kind === 'refuse') {
    analysis.refuse(region, {
      start: string.start,
      end: string.end,
      kind: 'column',
      code: change.code,
      reason: change.reason,
      cause: change.cause,
      tables: [resolution.table],
    });
    return;
  }
  const asExpression = takesExpression(analysis, call, argument, index);
  if (!asExpression) {
    refuse(
      'dynamic-name',
      `${call.name} is given the name of the column, and what it makes of it is not known`,
    );
    return;
  }
  const prefix =
    string.value.split('.').length > resolution.path.length
      ? `${string.value.split('.')[0]}.`
      : '';
  let newText: string;
  if (change.kind === 'rename') {
    newText = change.to.join('.');
  } else {
    if (change.transform.reads.length > 0 && prefix !== '') {
      refuse(
        'dynamic-name',
        `${call.name} is given a name whose value must now be computed`,
      );
      return;
    }
    newText = change.transform.text;
    const quote = region.content[string.start - 1];
    if (newText.includes(quote) || /[{}]/.test(newText)) {
      refuse(
        'dynamic-name',
        `the transform of ${change.line.from} cannot be written into this string`,
      );
      return;
    }
  }
  analysis.edit(region, {
    start: string.start + prefix.length,
    end: string.end,
    newText,
    kind: 'column',
    cause: change.cause,
    reason: `${change.line.from} is given to ${call.name} by name`,
    confidence: 'likely',
  });
}

/** A string that names a column which a query of this text renames on the way. */
function followNamedItem(
  analysis: Analysis,
  region: Region,
  string: JinjaString,
  resolution: Resolution & { kind: 'item' },
): void {
  const renamed = analysis.session.renames
    ? renamedOutput(analysis, resolution)
    : undefined;
  if (!renamed) {
    return;
  }
  if (renamed.split) {
    refuseSplit(analysis, region, string, renamed);
    return;
  }
  const last = string.value.lastIndexOf('.') + 1;
  analysis.edit(region, {
    start: string.start + last,
    end: string.end,
    newText: renamed.newName,
    kind: 'column',
    cause: renamed.change.cause,
    reason: `${string.value} takes its new name on the way`,
    confidence: 'likely',
  });
}

/** Whether a macro uses an argument as an expression and not to name its output. */
function takesExpression(
  analysis: Analysis,
  call: JinjaCall,
  argument: JinjaArgument,
  index: number,
): boolean {
  if (EXPRESSION_MACRO.test(call.name)) {
    return true;
  }
  const macro = analysis.session.project.macros.get(
    call.name.split('.').pop()!,
  );
  const parameter = argument.keyword ?? macro?.parameters[index];
  if (!macro || !parameter || !argument.literal) {
    return false;
  }
  const uses = macro.body.match(new RegExp(`\\b${parameter}\\b`, 'g')) ?? [];
  const asExpression =
    macro.body.match(new RegExp(`\\{\\{-?\\s*${parameter}\\s*-?\\}\\}`, 'g')) ??
    [];
  const glued = new RegExp(
    `[\\w"'\`]\\{\\{-?\\s*${parameter}\\s*-?\\}\\}|\\{\\{-?\\s*${parameter}\\s*-?\\}\\}[\\w"'\`]|\\bas\\s+\\{\\{-?\\s*${parameter}\\b|\\.\\s*\\{\\{-?\\s*${parameter}\\b`,
    'i',
  );
  return (
    uses.length > 0 &&
    uses.length === asExpression.length &&
    !glued.test(macro.body)
  );
}

/** A macro of the project that names changed columns itself would read the old ones. */
function refuseHiddenColumns(
  analysis: Analysis,
  region: Region,
  scope: Scope,
  call: JinjaCall,
): void {
  const macro = analysis.session.project.macros.get(
    call.name.split('.').pop()!,
  );
  if (!macro) {
    return;
  }
  for (const source of scope.sources) {
    const use = source.table && analysis.old(source.table);
    for (const root of use?.mapping.changedRoots ?? []) {
      if (
        !macro.parameters.includes(root) &&
        new RegExp(`(?<![\\w.'"])${root}\\b`, 'i').test(
          macro.body.replace(/\{#[^]*?#\}|--.*$/gm, ''),
        )
      ) {
        analysis.refuse(region, {
          start: call.start,
          end: call.end,
          kind: 'column',
          code: 'dynamic-name',
          reason: `the macro ${
            call.name
          } reads ${root} by itself, and it is used with ${
            use!.mapping.table.from
          } here`,
          cause: causeOf(use!, root),
          tables: [source.table!],
        });
      }
    }
  }
}

function causeOf(use: OldUse, root: string): string {
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
