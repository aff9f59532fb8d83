import { parseJinja } from '../jinja/parseJinja';
import { NamePart, TableRef } from '../sql/ast';
import { SourceFile } from '../types';
import { isMap, isScalar, isSeq, text, textSpan, YamlFile } from '../project/YamlFile';
import { readRegion, Region } from './Region';
import { Session } from './Session';

const TABLE_CALL = /^\s*(\{\{\s*)?(ref|source)\s*\(/;
const SPEC = /^(`?)[A-Za-z][\w.-]*[:.][\w.*$-]+\1$/;
const PROSE_KEYS = /^(description|desc|doc|docs|comment|title|note|notes|summary|label|owner)$/i;
const OUTPUT_KEYS = /^(dest(ination)?(_?table)?|outputs?|sinks?|targets?|writes?|produces|materiali[sz]es)$/i;

/** The parts of `project:dataset.table` or `project.dataset.table` as names. */
export function specParts(spec: string, start: number): NamePart[] {
  const parts: NamePart[] = [];
  let at = 0;
  const colon = spec.indexOf(':');
  for (let i = 0; i <= spec.length; i++) {
    const c = spec[i];
    if (i === spec.length || c === ':' || (c === '.' && (colon < 0 || i > colon))) {
      parts.push({ value: spec.slice(at, i), start: start + at, end: start + i, quoted: false });
      at = i + 1;
    }
  }
  return parts;
}

/** Reads what a YAML file says of tables: `ref` and `source` calls, and table names as values. */
export function readYamlRegion(session: Session, file: SourceFile): Region | undefined {
  const yaml = session.project.yaml(file);
  if (!yaml) {
    return undefined;
  }
  const region = readRegion(file.path, file.content, { dialect: session.dialect, start: 0, end: 0, jinja: false });
  region.whole = false;
  for (const root of yaml.roots) {
    walk(root, [], region, yaml);
  }
  return region;
}

function walk(node: unknown, keys: string[], region: Region, yaml: YamlFile): void {
  if (isMap(node)) {
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      walk(pair.value, [...keys, key], region, yaml);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      walk(item, keys, region, yaml);
    }
  } else if (isScalar(node)) {
    readScalar(node, keys, region, yaml);
  }
}

function readScalar(node: unknown, keys: string[], region: Region, yaml: YamlFile): void {
  const value = text(node);
  const key = keys[keys.length - 1] ?? '';
  if (value === undefined || PROSE_KEYS.test(key)) {
    return;
  }
  const span = textSpan(yaml, node);
  if (!span) {
    return;
  }
  if (TABLE_CALL.test(value)) {
    const code = parseJinja(value, span.start);
    region.jinja.push({ kind: 'expr', ...span, code });
    for (const call of code.calls) {
      if (/^(ref|source)$/.test(call.name)) {
        region.looseTables.push({ ...looseTable(call.start, call.end), call });
      }
    }
  } else if (SPEC.test(value)) {
    const quoted = value.startsWith('`') ? 1 : 0;
    const table = looseTable(span.start, span.end);
    table.parts = specParts(value.slice(quoted, value.length - quoted), span.start + quoted);
    table.access = keys.some(k => OUTPUT_KEYS.test(k)) ? 'write' : 'read';
    region.looseTables.push(table);
  }
}

function looseTable(start: number, end: number): TableRef {
  return {
    parts: [],
    start,
    end,
    access: 'read',
    use: 'other',
    statement: { verb: 'YAML', start, end, writes: [] },
  };
}
