import { NameMapping } from '../types';
import { Analysis } from './Analysis';
import { isCall } from './analyzeNames';
import { Region } from './Region';
import { renameOutputName } from './renameOutputName';

/** Gives what the project itself defines its new name: variables always, the rest where asked. */
export function analyzeDefinitions(analysis: Analysis, region: Region): void {
  const all = analysis.session.renamesDefinitions;
  if (all) {
    analyzeSchemas(analysis, region);
  }
  for (const column of region.modelColumns) {
    if (all && renameMappedColumn(analysis, region, column)) {
      continue;
    }
    const query = analysis.session.renames
      ? analysis.session.modelQuery(column.model)
      : undefined;
    if (query) {
      renameOutputName(analysis, region, query, column);
    }
  }
  for (const { table } of analysis.session.mappings) {
    const models = new Map((table.models ?? []).map(line => [line.from, line]));
    const variables = new Map(
      (table.variables ?? []).map(line => [line.from, line]),
    );
    for (const definition of region.definitions) {
      const name = region.content.slice(definition.start, definition.end);
      const lines = definition.kind === 'variable' ? variables : models;
      const line =
        definition.kind === 'variable' || all ? lines.get(name) : undefined;
      if (
        line &&
        !analysis.session.isDefined(definition.kind, line.to) &&
        !isCall(line.to)
      ) {
        analysis.edit(region, {
          start: definition.start,
          end: definition.end,
          newText: line.to,
          kind: definition.kind === 'variable' ? 'macro' : 'model',
          cause: causeOf(table.from, line),
          reason: `${line.from} is defined as ${line.to}`,
          confidence: 'certain',
        });
      }
    }
  }
}

/** A described column of a model that the mapping renames. */
function renameMappedColumn(
  analysis: Analysis,
  region: Region,
  column: Region['modelColumns'][number],
): boolean {
  const mapping = analysis.session.mappings.find(({ table }) =>
    table.models?.some(line => line.from === column.model),
  );
  const change = mapping?.change(column.value.split('.'));
  if (change?.kind !== 'rename') {
    return false;
  }
  analysis.edit(region, {
    start: column.start,
    end: column.end,
    newText: change.to.join('.'),
    kind: 'column',
    cause: change.cause,
    reason: `${column.value} is now ${change.to.join('.')}`,
    confidence: 'certain',
  });
  return true;
}

/** `config(schema='old')`: where the project puts its own tables, once the whole schema is renamed. */
function analyzeSchemas(analysis: Analysis, region: Region): void {
  for (const mapping of analysis.session.mappings) {
    const { from, to } = mapping;
    if (from.length < 2 || from[from.length - 1] !== '*') {
      continue;
    }
    const old = from[from.length - 2];
    for (const { code } of region.jinja) {
      if (!code.calls.some(call => call.name === 'config')) {
        continue;
      }
      for (const string of code.strings) {
        const before = region.content.slice(
          Math.max(0, string.start - 40),
          string.start,
        );
        if (
          string.value === old &&
          /(["']?)\b(schema|dataset)\1\s*[:=]\s*["']$/.test(before)
        ) {
          analysis.edit(region, {
            start: string.start,
            end: string.end,
            newText: to[to.length - 2],
            kind: 'dataset',
            cause: mapping.cause(),
            reason: `the schema ${old} is now ${to[to.length - 2]}`,
            confidence: 'likely',
          });
        }
      }
    }
  }
}

function causeOf(from: string, line: NameMapping): string {
  return `${from}:${line.line ?? line.from}`;
}
