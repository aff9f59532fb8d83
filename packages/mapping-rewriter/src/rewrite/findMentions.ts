import { looksLikeSql } from '../embedded/EmbeddedText';
import { Mention } from './Region';

const COMMAND =
  /(^|[\s;&|('"])(dbt|meltano|bq|airflow|dataform|snowsql|psql|gcloud|spark-submit|make|python3?|bash|sh)\s+[\w./-]/;
const HEADER = /^\s*"?[A-Za-z_]\w*"?(\s*,\s*"?[A-Za-z_]\w*"?)+\s*$/;
const MAX_HEADER = 20000;

/** The names in the header line of a CSV text; none where its first line is no header. */
export function headerNames(text: string, base: number): Mention[] {
  const first = /^[\s\uFEFF"']*([^\n]*)/.exec(text.slice(0, MAX_HEADER))!;
  const line = first[1].replace(/\r$/, '');
  if (!HEADER.test(line)) {
    return [];
  }
  const start = base + first[0].length - first[1].length;
  return [{ kind: 'data', start, end: start + line.length }];
}

/** The keys of JSON rows, one row to a line; not those of the records inside them. */
function rowKeys(text: string, base: number): Mention[] {
  const keys: Mention[] = [];
  let depth = 0;
  for (const match of text.matchAll(/"((?:[^"\\\n]|\\.)*)"(\s*:)?|[{}[\]]/g)) {
    if (match[0] === '{' || match[0] === '[') {
      depth += 1;
    } else if (match[0] === '}' || match[0] === ']') {
      depth -= 1;
    } else if (match[2] !== undefined && depth === 1) {
      const start = base + match.index! + 1;
      keys.push({ kind: 'data', start, end: start + match[1].length });
    }
  }
  return keys;
}

/** What a string of another language says of names without being SQL: rows of data, shell commands. */
export function findMentions(text: string, base: number): Mention[] {
  if (text.length < 4 || looksLikeSql(text)) {
    return [];
  }
  if (COMMAND.test(text)) {
    return [{ kind: 'command', start: base, end: base + text.length }];
  }
  if (!text.includes('\n')) {
    return [];
  }
  return /^[\s|"'-]*\{\s*"/.test(text)
    ? rowKeys(text, base)
    : headerNames(
        text.replace(/^[|>][-+]?[ \t]*/, found => ' '.repeat(found.length)),
        base,
      );
}
