import { CompiledTable } from '../mapping/CompiledTable';
import { JinjaArgument, JinjaCall, JinjaString } from '../jinja/parseJinja';
import { NameMapping } from '../types';
import { Analysis } from './Analysis';
import { NOT_COLUMNS } from './jinjaCalls';
import { localNames } from './localRenames';
import { Region } from './Region';

interface Renamed {
  mapping: CompiledTable;
  line: NameMapping;
}

function renamedModels(mappings: CompiledTable[]): Map<string, Renamed> {
  const models = new Map<string, Renamed>();
  for (const mapping of mappings) {
    for (const line of mapping.table.models ?? []) {
      if (line.from !== line.to || mapping.hasChanges) {
        models.set(line.from, { mapping, line });
      }
    }
  }
  return models;
}

/** Rewrites or refuses names of models that macros are given as strings and read by themselves. */
export function analyzeGivenNames(analysis: Analysis, region: Region): void {
  const models = renamedModels(analysis.session.mappings);
  if (models.size === 0 || region.jinja.length === 0) {
    return;
  }
  const made = new Set(region.looseTables.map(table => table.start));
  let names: Set<string> | undefined;
  for (const { kind, code } of region.jinja) {
    const known = code.calls.filter(call => NOT_COLUMNS.test(call.name));
    for (const call of kind === 'comment' ? [] : code.calls) {
      for (const argument of known.includes(call) ? [] : call.args) {
        for (const string of argument.strings) {
          const renamed = models.get(string.value);
          if (
            !renamed ||
            made.has(string.start) ||
            known.some(k => k.start <= string.start && string.end <= k.end)
          ) {
            continue;
          }
          names ??= new Set([
            ...localNames(region).values(),
            ...region.madeNames.keys(),
          ]);
          if (!names.has(string.value)) {
            analyzeGivenName(analysis, region, call, argument, string, renamed);
          }
        }
      }
    }
  }
}

/** What reads a table by a name that is computed. */
const READS_BY_NAME =
  /\b(ref|source|load_relation|get_relation|get_columns_in_relation)\s*\(|\b(from|join)\s+[\w."`]*\{\{/i;

function analyzeGivenName(
  analysis: Analysis,
  region: Region,
  call: JinjaCall,
  argument: JinjaArgument,
  string: JinjaString,
  { mapping, line }: Renamed,
): void {
  const macro = analysis.session.project.macros.get(
    call.name.split('.').pop()!,
  );
  if (macro && !READS_BY_NAME.test(macro.body)) {
    return;
  }
  const cause = `${mapping.table.from}:${line.line ?? line.from}`;
  const parameter =
    argument.keyword ??
    macro?.parameters[
      call.args.filter(a => a.keyword === undefined).indexOf(argument)
    ];
  const isRef =
    argument.literal !== undefined &&
    parameter !== undefined &&
    new RegExp(`\\bref\\(\\s*${parameter}\\s*\\)`).test(macro?.body ?? '');
  if (isRef && !mapping.hasChanges) {
    analysis.edit(region, {
      start: string.start,
      end: string.end,
      newText: line.to,
      kind: 'model',
      cause,
      reason: `${call.name} reads the model that it is given by name`,
      confidence: 'certain',
    });
    return;
  }
  analysis.refuse(region, {
    start: string.start,
    end: string.end,
    kind: 'model',
    code: 'dynamic-name',
    reason: `${call.name} is given the name of the model, and ${
      macro ? 'reads it by itself' : 'what it reads is not known'
    }`,
    cause,
    tables: [],
  });
}
