import { NameMapping } from '../types';
import { splitDataset } from '../mapping/DatasetName';
import { FunctionCall } from '../sql/ast';
import { Analysis } from './Analysis';
import { Region } from './Region';

/** Gives renamed functions, macros and variables their new names where they are called or read. */
export function analyzeNames(analysis: Analysis, region: Region): void {
  for (const { table } of analysis.session.mappings) {
    for (const line of table.functions ?? []) {
      region.tree.functions.forEach(call =>
        renameFunction(analysis, region, call, line, causeOf(table.from, line)),
      );
    }
    for (const line of table.macros ?? []) {
      renameMacro(analysis, region, line, causeOf(table.from, line));
    }
    for (const line of table.variables ?? []) {
      renameVariable(analysis, region, line, causeOf(table.from, line));
    }
  }
}

function causeOf(from: string, line: NameMapping): string {
  return `${from}:${line.line ?? line.from}`;
}

/** A call names the function if it ends as the old name does; a project that it leaves out counts as the default one. */
function renameFunction(
  analysis: Analysis,
  region: Region,
  call: FunctionCall,
  line: NameMapping,
  cause: string,
): void {
  const from = splitDataset(line.from);
  const to = splitDataset(line.to);
  const { parts } = call;
  const { defaultProject } = analysis.session.options;
  const names = parts.flatMap(part => (part.value ?? '').split('.'));
  const same = (a: string | undefined, b: string | undefined) =>
    a?.toLowerCase() === b?.toLowerCase();
  if (names.length > from.length || (from.length > 1 && names.length < 2)) {
    return;
  }
  if (
    !names.every((name, i) => same(name, from[from.length - names.length + i]))
  ) {
    return;
  }
  if (
    names.length < from.length &&
    from.length === 3 &&
    defaultProject !== undefined &&
    !same(defaultProject, from[0])
  ) {
    return;
  }
  if (names.length !== parts.length || to.length < names.length) {
    return;
  }
  parts.forEach((part, i) => {
    const newText = to[to.length - parts.length + i];
    if (part.value !== newText) {
      analysis.edit(region, {
        start: part.start,
        end: part.end,
        newText,
        kind: 'function',
        cause,
        reason: `the function ${line.from} is now ${line.to}`,
        confidence: names.length === from.length ? 'certain' : 'likely',
      });
    }
  });
}

function renameMacro(
  analysis: Analysis,
  region: Region,
  line: NameMapping,
  cause: string,
): void {
  for (const { code } of region.jinja) {
    for (const call of code.calls) {
      const definition = code.tag === 'macro' && call === code.calls[0];
      if (
        call.name !== line.from ||
        (definition && analysis.session.options.definitions !== 'rename')
      ) {
        continue;
      }
      analysis.edit(region, {
        start: call.nameStart,
        end: call.nameEnd,
        newText: line.to,
        kind: 'macro',
        cause,
        reason: `the macro ${line.from} is now ${line.to}`,
        confidence: 'certain',
      });
    }
  }
}

/** What a variable stood for, named directly. */
export const isCall = (text: string) => /^(ref|source)\(.*\)$/.test(text);

function renameVariable(
  analysis: Analysis,
  region: Region,
  line: NameMapping,
  cause: string,
): void {
  for (const { code } of region.jinja) {
    for (const call of code.calls) {
      const name = call.name === 'var' ? call.args[0]?.literal : undefined;
      if (name?.value === line.from) {
        // `ref('users')` takes the place of the whole call
        const { start, end } = isCall(line.to) ? call : name;
        analysis.edit(region, {
          start,
          end,
          newText: line.to,
          kind: 'macro',
          cause,
          reason: `the variable ${line.from} is now ${line.to}`,
          confidence: 'certain',
        });
      }
    }
  }
}
