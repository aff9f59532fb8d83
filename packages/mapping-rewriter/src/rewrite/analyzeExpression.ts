import { JinjaArgument, JinjaCall, JinjaString } from '../jinja/parseJinja';
import { Resolution } from '../resolve/Resolution';
import { ColumnRef, NamePart, Scope } from '../sql/ast';
import { Analysis } from './Analysis';
import { JinjaPart, Region } from './Region';
import { causeOf } from './analyzeJinja';
import { NOT_COLUMNS } from './jinjaCalls';
import { renamedOutput } from './outputs';
import { refuseSplit } from './renameOutputName';

/** Macros that put their arguments into the SQL as expressions. */
const EXPRESSION_MACRO =
  /^(dbt_utils\.)?(generate_)?surrogate_key$|^dbt_utils\.(safe_add|safe_subtract|safe_divide)$|^(dbt\.|dbt_utils\.)?(hash|concat|safe_cast|date_trunc|datediff|dateadd|split_part|cast_bool_to_text|length|last_day|right|listagg|any_value|bool_or|position|replace)$/;

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
export function analyzeExpression(
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
