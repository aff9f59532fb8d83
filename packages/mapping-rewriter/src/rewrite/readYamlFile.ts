import { Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { TableRef } from '../sql/ast';
import {
  EmbeddedText,
  looksLikeSql,
  looksLikeTable,
} from '../embedded/EmbeddedText';
import { maskEscapes } from '../embedded/maskEscapes';
import { parseJinja } from '../jinja/parseJinja';
import {
  child,
  isMap,
  isScalar,
  isSeq,
  items,
  text,
  textSpan,
  YamlFile,
} from '../project/YamlFile';
import { SourceFile } from '../types';
import { addEmbedded } from './addEmbedded';
import { looseTable, specParts } from './looseTable';
import { emptyRegion } from './emptyRegion';
import { findMentions } from './findMentions';
import { Region } from './Region';
import { Session } from './Session';

const TABLE_CALL = /^\s*(\{\{-?\s*)?(ref|source)\s*\(/;
const PROSE_KEYS =
  /^(description|desc|doc|docs|comment|title|notes?|summary|label|labels|owner|name|alias)$/i;
/** `{{ env_var('PREFIX') }}` in front of a name. */
const COMPUTED_PREFIX = /^\{\{[^{}]*\}\}/;
const OUTPUT_KEYS =
  /^(dest(ination)?s?(_?(table|dataset))?|outputs?|sinks?|targets?|writes?(_to)?|produces|materiali[sz]es|output_table)$/i;

interface Place {
  keys: string[];
  /** Where the key or list item stands. */
  anchor: number;
}

/** Reads what a YAML file says of tables: `ref` and `source` calls, table names as values, SQL in strings. */
export function readYamlFile(session: Session, file: SourceFile): void {
  const yaml = session.project.yaml(file);
  if (!yaml) {
    return;
  }
  const region = emptyRegion(session, file);
  session.addRegion(region);
  const walk = (node: unknown, place: Place): void => {
    if (isMap(node)) {
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? String(pair.key.value) : '';
        const keySpan = session.isTableName(key)
          ? textSpan(yaml, pair.key)
          : undefined;
        if (keySpan && session.renamesDefinitions) {
          const table = looseTable(keySpan.start, keySpan.end);
          table.parts = specParts(key, keySpan.start);
          region.looseTables.push(table);
        }
        const anchor =
          (isScalar(pair.key) && pair.key.range?.[0]) || place.anchor;
        walk(pair.value, { keys: [...place.keys, key], anchor });
      }
      readUnitTest(region, yaml, node);
      const field = textSpan(yaml, child(node, 'field'));
      const to = child(node, 'to');
      const table =
        to?.range &&
        region.looseTables.find(
          t => t.start >= to.range![0] && t.end <= to.range![1],
        );
      if (field && table) {
        region.fields.push({ table, field });
      }
    } else if (isSeq(node)) {
      const listed = readListedName(session, yaml, node);
      if (listed) {
        region.looseTables.push(listed);
        return;
      }
      for (const item of node.items) {
        const range = (item as { range?: [number, number, number] } | null)
          ?.range;
        walk(item, { keys: place.keys, anchor: range?.[0] ?? place.anchor });
      }
    } else if (isScalar(node)) {
      readScalar(session, file, region, yaml, node, place);
    }
  };
  for (const root of yaml.roots) {
    walk(root, { keys: [], anchor: 0 });
    readDefinitions(region, yaml, root);
  }
  readComments(region);
}

/** `['project', 'dataset', 'table']`: a deprecated table by the parts of its name. */
function readListedName(
  session: Session,
  yaml: YamlFile,
  node: YAMLSeq,
): TableRef | undefined {
  const spans = node.items.map(item => textSpan(yaml, item));
  const names = node.items.map(text);
  const isName = session.mappings.some(
    ({ from }) =>
      names.length > 1 &&
      names.length <= from.length &&
      names.every((name, i) => name === from[from.length - names.length + i]),
  );
  if (!isName || spans.some(span => span === undefined)) {
    return undefined;
  }
  const parts = names.map((value, i) => ({
    value,
    ...spans[i]!,
    quoted: false,
    constant: spans[i],
  }));
  const table = looseTable(parts[0].start, parts[parts.length - 1].end);
  table.parts = parts;
  return table;
}

/** What a dbt file defines: models and their like by name, variables by key. */
function readDefinitions(region: Region, yaml: YamlFile, root: YAMLMap): void {
  for (const list of ['models', 'seeds', 'snapshots', 'analyses']) {
    for (const item of items(child(root, list))) {
      const span = textSpan(yaml, child(item, 'name'));
      if (span) {
        region.definitions.push({ kind: 'model', ...span });
      }
      for (const column of items(child(item, 'columns'))) {
        const value = text(child(column, 'name'));
        const place = textSpan(yaml, child(column, 'name'));
        const model = text(child(item, 'name'));
        if (value !== undefined && model !== undefined && place) {
          region.modelColumns.push({ model, value, ...place });
        }
      }
    }
  }
  for (const item of items(child(root, 'unit_tests'))) {
    const model = text(child(item, 'model'));
    if (isMap(item) && item.range && model !== undefined) {
      const [start, end] = item.range;
      region.unitTests.push({ model, start, end });
    }
  }
  const walkVariables = (node: unknown): void => {
    for (const pair of isMap(node) ? node.items : []) {
      const span = textSpan(yaml, pair.key);
      if (span) {
        region.definitions.push({ kind: 'variable', ...span });
      }
      walkVariables(pair.value);
    }
  };
  const findVariables = (node: unknown): void => {
    for (const pair of isMap(node) ? node.items : []) {
      if (isScalar(pair.key) && pair.key.value === 'vars') {
        walkVariables(pair.value);
      } else {
        findVariables(pair.value);
      }
    }
  };
  findVariables(root);
  readConfiguredModels(region, yaml, root);
}

/** Models, seeds and snapshots that `dbt_project.yml` configures by name, under their folders. */
function readConfiguredModels(
  region: Region,
  yaml: YamlFile,
  root: YAMLMap,
): void {
  const walk = (node: unknown): void => {
    for (const pair of isMap(node) ? node.items : []) {
      const span = isMap(pair.value) ? textSpan(yaml, pair.key) : undefined;
      if (span) {
        region.definitions.push({ kind: 'model', ...span });
      }
      walk(pair.value);
    }
  };
  for (const key of ['models', 'seeds', 'snapshots']) {
    walk(child(root, key));
  }
}

/** The rows that a unit test of dbt gives in the place of a model: their keys are its columns. */
function readUnitTest(region: Region, yaml: YamlFile, node: YAMLMap): void {
  const input = child(node, 'input');
  const table =
    input?.range &&
    region.looseTables.find(
      t => t.start >= input.range![0] && t.end <= input.range![1],
    );
  for (const row of table ? items(child(node, 'rows')) : []) {
    for (const pair of isMap(row) ? row.items : []) {
      const field = textSpan(yaml, pair.key);
      if (field) {
        region.fields.push({ table: table!, field });
      }
    }
  }
}

/** Comments of the YAML file itself. */
function readComments(region: Region): void {
  for (const match of region.content.matchAll(/(?<=^|\s)#[^\n]*/g)) {
    region.mentions.push({
      kind: 'comment',
      start: match.index!,
      end: match.index! + match[0].length,
    });
  }
}

/** `{{ doc('users') }}` names a docs block. */
function readDocCalls(region: Region, from: number, to: number): void {
  for (const match of region.content
    .slice(from, to)
    .matchAll(/(\bdoc\(\s*["'])([\w.]+)["']\s*\)/g)) {
    const start = from + match.index! + match[1].length;
    region.definitions.push({
      kind: 'doc',
      start,
      end: start + match[2].length,
    });
  }
}

function readScalar(
  session: Session,
  file: SourceFile,
  region: Region,
  yaml: YamlFile,
  node: Scalar,
  place: Place,
): void {
  const value = text(node);
  const key = place.keys[place.keys.length - 1] ?? '';
  const defined =
    key === 'name' &&
    value !== undefined &&
    session.renamesDefinitions &&
    session.isTableName(value);
  if (value === undefined || (PROSE_KEYS.test(key) && !defined)) {
    if (value !== undefined && key !== 'name' && node.range) {
      const [start, end] = node.range;
      region.mentions.push({ kind: 'documentation', start, end });
      readDocCalls(region, start, end);
    }
    return;
  }
  if (node.range && session.readsMentions) {
    const [from, to] = node.range;
    region.mentions.push(...findMentions(file.content.slice(from, to), from));
  }
  const span = textSpan(yaml, node);
  if (span && TABLE_CALL.test(value)) {
    const code = parseJinja(value, span.start);
    region.jinja.push({ kind: 'expr', ...span, code });
    for (const call of code.calls) {
      if (/^(ref|source)$/.test(call.name)) {
        region.looseTables.push({ ...looseTable(call.start, call.end), call });
      }
    }
  } else if (span && (looksLikeTable(value) || session.isTableName(value))) {
    const table = looseTable(span.start, span.end);
    table.parts = specParts(value, span.start);
    table.access = place.keys.some(k => OUTPUT_KEYS.test(k)) ? 'write' : 'read';
    region.looseTables.push(table);
  } else if (span && session.isTableName(value.replace(COMPUTED_PREFIX, ''))) {
    const start = span.end - value.replace(COMPUTED_PREFIX, '').length;
    const table = looseTable(start, span.end);
    table.parts = specParts(file.content.slice(start, span.end), start);
    region.looseTables.push(table);
  } else if (looksLikeSql(value)) {
    const embedded = embeddedText(file.content, node, place.anchor);
    if (embedded) {
      addEmbedded(session, file, embedded);
    }
  }
}

/** The text of a YAML scalar as it stands in the file. */
function embeddedText(
  content: string,
  node: Scalar,
  anchor: number,
): EmbeddedText | undefined {
  const [from, to] = node.range!;
  const common = { jinja: true, anchor };
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') {
    const start = content.indexOf('\n', from) + 1;
    if (start === 0) {
      return undefined;
    }
    return {
      ...common,
      start,
      end: to,
      masked: content.slice(start, to),
      forbidden: '',
      multiline: true,
    };
  }
  if (node.type === 'QUOTE_DOUBLE') {
    return {
      ...common,
      start: from + 1,
      end: to - 1,
      masked: maskEscapes(content.slice(from + 1, to - 1)),
      forbidden: '"\\',
      multiline: true,
    };
  }
  if (node.type === 'QUOTE_SINGLE') {
    return {
      ...common,
      start: from + 1,
      end: to - 1,
      masked: content.slice(from + 1, to - 1).replace(/''/g, " '"),
      forbidden: "'",
      multiline: true,
    };
  }
  return {
    ...common,
    start: from,
    end: to,
    masked: content.slice(from, to),
    forbidden: ':#',
    multiline: true,
  };
}
