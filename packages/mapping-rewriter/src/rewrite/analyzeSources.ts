import { YAMLMap } from 'yaml';
import { CompiledTable } from '../mapping/CompiledTable';
import { SourceEntry } from '../project/DbtProject';
import {
  child,
  isMap,
  isScalar,
  items,
  text,
  textSpan,
} from '../project/YamlFile';
import { matchEntry, renamedSource } from '../resolve/bind';
import { Edit } from '../types';
import { Analysis } from './Analysis';
import { Region } from './Region';

/** How the entry of a source must change. */
interface Move {
  mapping: CompiledTable;
  cause: string;
  source: string;
  table: string;
  /** The identifier, schema and database that change. */
  identifier?: string;
  schema?: string;
  database?: string;
}

/** Gives the entries of dbt sources that stand for deprecated tables their new names and columns. */
export function analyzeSources(analysis: Analysis): void {
  const { session } = analysis;
  for (const entry of session.project.sources.values()) {
    const move = moveOf(analysis, entry);
    const region =
      move && session.regions.find(r => r.file === entry.file.path);
    if (move && region) {
      analyzeEntry(analysis, region, entry, move);
    }
  }
}

function moveOf(analysis: Analysis, entry: SourceEntry): Move | undefined {
  const { mappings, options, dialect } = analysis.session;
  const bind = {
    defaultProject: options.defaultProject,
    caseSensitive: dialect === 'bigquery',
    mentions: () => true,
  };
  for (const mapping of mappings) {
    for (const line of mapping.table.sources ?? []) {
      const renamed = renamedSource(
        { source: entry.sourceName, table: entry.tableName },
        line,
      );
      if (renamed) {
        const match = matchEntry(entry, mapping, bind);
        const own =
          match?.kind === 'same'
            ? match.parts[match.parts.length - 1]
            : undefined;
        return {
          mapping,
          cause: `${mapping.table.from}:${line.line ?? line.from}`,
          ...renamed,
          identifier: entry.identifier !== undefined ? own : undefined,
          schema:
            match?.kind === 'same' && child(entry.source, 'schema')
              ? match.parts[match.parts.length - 2]
              : undefined,
        };
      }
    }
  }
  for (const mapping of mappings) {
    const match = matchEntry(entry, mapping, bind);
    if (match?.kind === 'same') {
      const { parts } = match;
      const newTable = parts[parts.length - 1];
      return {
        mapping,
        cause: mapping.cause(),
        source: entry.sourceName,
        table:
          entry.identifier === undefined
            ? newTable ?? entry.tableName
            : entry.tableName,
        identifier: entry.identifier === undefined ? undefined : newTable,
        schema: parts[parts.length - 2],
        database: parts.length > 2 ? parts[0] : match.prefix[0],
      };
    }
  }
  return undefined;
}

function analyzeEntry(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
): void {
  const uses = analysis.session.usesOfSource(entry.key);
  const staying = uses.filter(table => analysis.session.frozen.has(table));
  if (staying.length > 0 && staying.length === uses.length) {
    return;
  }
  const name = textSpan(entry.file, child(entry.table, 'name'));
  const refuse = (reason: string, freeze: boolean) =>
    analysis.refuse(region, {
      ...(name ?? { start: 0, end: 0 }),
      kind: 'source',
      code: 'ambiguous',
      reason,
      cause: move.cause,
      tables: freeze ? uses : [],
    });
  if (!name) {
    refuse(`the entry of ${entry.key} is not written plainly`, true);
    return;
  }
  const newKey = `${move.source}.${move.table}`;
  if (newKey !== entry.key && analysis.session.project.sources.has(newKey)) {
    refuse(
      `${newKey} is defined already; take this entry out when nothing reads it`,
      false,
    );
    return;
  }
  if (staying.length > 0) {
    copyEntry(analysis, region, entry, move, name, () =>
      refuse(
        `some models stay on ${move.mapping.table.from}, and the entry cannot name both tables`,
        true,
      ),
    );
    return;
  }
  if (!moveSource(analysis, region, entry, move)) {
    refuse(
      `other tables of the source ${entry.sourceName} do not move with ${entry.tableName}`,
      true,
    );
    return;
  }
  const edit = (
    span: { start: number; end: number } | undefined,
    newText: string | undefined,
    kind: Edit['kind'],
    reason: string,
  ) => {
    if (
      span &&
      newText !== undefined &&
      region.content.slice(span.start, span.end) !== newText
    ) {
      analysis.edit(region, {
        ...span,
        newText,
        kind,
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    }
  };
  const reason = `${move.mapping.table.from} is replaced by ${move.mapping.table.to}`;
  edit(name, move.table, 'source', reason);
  edit(
    textSpan(entry.file, child(entry.table, 'identifier')),
    move.identifier,
    'source',
    reason,
  );
  analyzeYamlColumns(analysis, region, entry.file, entry.table, move.mapping);
}

/** Whether every table of the source that entry belongs to moves alike. */
function movesTogether(
  analysis: Analysis,
  entry: SourceEntry,
  same: (move: Move) => boolean,
): boolean {
  return [...analysis.session.project.sources.values()]
    .filter(other => other.source === entry.source)
    .every(other => {
      const move = moveOf(analysis, other);
      return (
        move !== undefined &&
        same(move) &&
        analysis.session
          .usesOfSource(other.key)
          .every(table => !analysis.session.frozen.has(table))
      );
    });
}

/** Renames the source itself or moves it to another schema, where all its tables go there. */
function moveSource(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
): boolean {
  const edits: { key: string; newText: string }[] = [];
  if (move.source !== entry.sourceName) {
    edits.push({ key: 'name', newText: move.source });
  }
  if (move.schema !== undefined && move.schema !== entry.schema) {
    edits.push({
      key: child(entry.source, 'schema') ? 'schema' : 'dataset',
      newText: move.schema,
    });
  }
  if (move.database !== undefined && move.database !== entry.database) {
    edits.push({
      key: child(entry.source, 'database') ? 'database' : 'project',
      newText: move.database,
    });
  }
  if (edits.length === 0) {
    return true;
  }
  if (
    !movesTogether(
      analysis,
      entry,
      other =>
        other.source === move.source &&
        other.schema === move.schema &&
        other.database === move.database,
    )
  ) {
    return false;
  }
  for (const { key, newText } of edits) {
    const node = child(entry.source, key);
    const span = textSpan(entry.file, node);
    const reason = `the source of ${move.mapping.table.from} moves`;
    if (span) {
      analysis.edit(region, {
        ...span,
        newText,
        kind: 'source',
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    } else if (!node && key !== 'project') {
      const first = child(entry.source, 'name')!.range!;
      const keyStart = (
        entry.source.items[0].key as { range?: [number, number, number] }
      ).range![0];
      const column =
        keyStart - (region.content.lastIndexOf('\n', keyStart - 1) + 1);
      if (entry.source.flow) {
        return false;
      }
      analysis.edit(region, {
        start: first[1],
        end: first[1],
        newText: `${eolOf(region)}${' '.repeat(column)}schema: ${newText}`,
        kind: 'source',
        cause: move.cause,
        reason,
        confidence: 'certain',
      });
    } else if (node) {
      return false;
    }
  }
  return true;
}

function eolOf(region: Region): string {
  return region.content.includes('\r\n') ? '\r\n' : '\n';
}

/** Puts an entry for the successor behind one that some models still need. */
function copyEntry(
  analysis: Analysis,
  region: Region,
  entry: SourceEntry,
  move: Move,
  name: { start: number; end: number },
  refuse: () => void,
): void {
  const tables = child(entry.source, 'tables') as
    | (YAMLMap & { flow?: boolean })
    | undefined;
  const { range } = entry.table;
  if (
    !range ||
    entry.table.flow ||
    tables?.flow ||
    move.source !== entry.sourceName ||
    move.table === entry.tableName ||
    move.schema !== undefined ||
    move.database !== undefined
  ) {
    refuse();
    return;
  }
  const start = range[0];
  const lineStart = region.content.lastIndexOf('\n', start - 1) + 1;
  const lead = region.content.slice(lineStart, start);
  if (!/^\s*-\s+$/.test(lead)) {
    refuse();
    return;
  }
  const eol = eolOf(region);
  const isFirstKey =
    region.content.slice(start, name.start).replace(/["']/g, '').trim() ===
    'name:';
  if (!isFirstKey) {
    refuse();
    return;
  }
  const at =
    range[1] < region.content.length &&
    region.content[range[1]] !== '\n' &&
    !/\n\s*$/.test(region.content.slice(0, range[1]))
      ? range[1]
      : region.content.slice(0, range[1]).trimEnd().length;
  analysis.edit(region, {
    start: at,
    end: at,
    newText: `${eol}${lead}name: ${move.table}`,
    kind: 'source',
    cause: move.cause,
    reason: `${move.mapping.table.to} is read beside ${move.mapping.table.from}, which some models stay on`,
    confidence: 'certain',
  });
}

/** Gives the columns that a YAML entry describes and tests their new names. */
export function analyzeYamlColumns(
  analysis: Analysis,
  region: Region,
  file: SourceEntry['file'],
  owner: YAMLMap,
  mapping: CompiledTable,
): void {
  for (const column of items(child(owner, 'columns'))) {
    const node = child(column, 'name');
    const name = text(node);
    const span = textSpan(file, node);
    const change =
      name === undefined ? undefined : mapping.change(name.split('.'));
    if (!span || !change || change.kind === 'keep') {
      continue;
    }
    if ((change.kind === 'rename' || change.kind === 'convert') && change.to) {
      analysis.edit(region, {
        ...span,
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
        reason: `${name} is now ${change.to.join('.')}`,
        confidence: 'certain',
      });
      if (change.kind === 'convert') {
        refuseValueTests(analysis, region, column, change.cause, name!);
      }
    } else {
      analysis.refuse(region, {
        ...span,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'no-inverse',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `${name} is computed from several columns now`,
        cause: change.cause,
        tables: [],
      });
    }
  }
  const loaded = child(owner, 'loaded_at_field');
  const span = textSpan(file, loaded);
  const change = span ? mapping.change(text(loaded)!.split('.')) : undefined;
  if (span && change?.kind === 'rename') {
    analysis.edit(region, {
      ...span,
      newText: change.to.join('.'),
      kind: 'column',
      cause: change.cause,
      reason: `${text(loaded)} is now ${change.to.join('.')}`,
      confidence: 'certain',
    });
  } else if (span && change && change.kind !== 'keep') {
    analysis.refuse(region, {
      ...span,
      kind: 'column',
      code: change.kind === 'refuse' ? change.code : 'type-change',
      reason:
        change.kind === 'refuse'
          ? change.reason
          : `${text(loaded)} is computed now`,
      cause: change.cause,
      tables: [],
    });
  }
}

/** Tests that hold values of a column whose values change. */
function refuseValueTests(
  analysis: Analysis,
  region: Region,
  column: unknown,
  cause: string,
  name: string,
): void {
  for (const key of ['tests', 'data_tests']) {
    for (const test of items(child(column, key))) {
      const first = isMap(test) ? test.items[0] : undefined;
      const range = isScalar(first?.key) ? first!.key.range : undefined;
      if (
        range &&
        /accepted_values|accepted_range|relationships|expression/.test(
          String(first && isScalar(first.key) ? first.key.value : ''),
        )
      ) {
        analysis.refuse(region, {
          start: range[0],
          end: range[1],
          kind: 'column',
          code: 'type-change',
          reason: `this test holds values of ${name}, which change`,
          cause,
          tables: [],
        });
      }
    }
  }
}

/** A test that names a column of another table: `to: ref('users')`, `field: user_id`. */
export function analyzeFields(analysis: Analysis, region: Region): void {
  for (const { table, field } of region.fields) {
    const use = analysis.old(table);
    const value = region.content.slice(field.start, field.end);
    const change = use?.mapping.change(value.split('.'));
    if (!use || !change || change.kind === 'keep') {
      continue;
    }
    if (change.kind === 'rename') {
      analysis.edit(region, {
        ...field,
        newText: change.to.join('.'),
        kind: 'column',
        cause: change.cause,
        reason: `${value} is now ${change.to.join('.')}`,
        confidence: 'certain',
      });
    } else {
      analysis.refuse(region, {
        ...field,
        kind: 'column',
        code: change.kind === 'refuse' ? change.code : 'type-change',
        reason:
          change.kind === 'refuse'
            ? change.reason
            : `the values of ${value} change, and this test compares them`,
        cause: change.cause,
        tables: [table],
      });
    }
  }
}
