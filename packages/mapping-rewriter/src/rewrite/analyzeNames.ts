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

/** The dotted parts of a called name, each with its place; a project may have dashes, and one pair of quotes hold them all. */
function partsOf(
  { content }: Region,
  call: FunctionCall,
): { text: string; start: number; end: number }[] {
  const dashed = /(?:[A-Za-z_][\w]*-)+$/.exec(
    content.slice(Math.max(0, call.start - 100), call.start),
  )?.[0];
  return call.parts.flatMap((part, i) => {
    const before = i === 0 && dashed !== undefined ? dashed : '';
    let at = part.start - before.length;
    return `${before}${part.value ?? ''}`.split('.').map(text => {
      const start = at;
      at += text.length + 1;
      return { text, start, end: start + text.length };
    });
  });
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
  const parts = partsOf(region, call);
  const { defaultProject } = analysis.session.options;
  const same = (a: string | undefined, b: string | undefined) =>
    a?.toLowerCase() === b?.toLowerCase();
  if (
    parts.length > from.length ||
    to.length < parts.length ||
    (from.length > 1 && parts.length < 2)
  ) {
    return;
  }
  if (
    !parts.every(({ text }, i) =>
      same(text, from[from.length - parts.length + i]),
    )
  ) {
    return;
  }
  if (
    parts.length < from.length &&
    from.length === 3 &&
    defaultProject !== undefined &&
    !same(defaultProject, from[0])
  ) {
    return;
  }
  const left = from.slice(0, from.length - parts.length).join('.');
  if (left !== to.slice(0, to.length - parts.length).join('.')) {
    analysis.refuse(region, {
      start: call.start,
      end: call.end,
      kind: 'function',
      code: 'ambiguous',
      reason: `${line.from} is now ${line.to}, and no ${left} is named here that could be changed`,
      cause,
      tables: [],
    });
    return;
  }
  parts.forEach(({ text, start, end }, i) => {
    const newText = to[to.length - parts.length + i];
    if (text !== newText) {
      analysis.edit(region, {
        start,
        end,
        newText,
        kind: 'function',
        cause,
        reason: `the function ${line.from} is now ${line.to}`,
        confidence: parts.length === from.length ? 'certain' : 'likely',
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
        (definition && !analysis.session.renamesDefinitions)
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
