import { DbtCalls } from '../types';

/** No real file has more. */
const MAX_CALLS = 2000;
const MAX_CONFIGS = 20;

/**
 * The `ref` and `source` calls in a model, macro or snapshot. Jinja comments do
 * not count; SQL comments do, as they do for dbt. A call whose arguments are not
 * plain strings is left out: its name is known at run time alone.
 */
export function findCalls(text: string): DbtCalls {
  const calls: DbtCalls = { refs: [], sources: [] };
  const code = text.replace(/\{#[\s\S]*?(#\}|$)/g, ' ');
  const pattern =
    /(?<![\w.])(?:dbt\s*\.\s*|builtins\s*\.\s*)?(ref|source)\s*\(/g;
  for (
    let match = pattern.exec(code), count = 0;
    match && count < MAX_CALLS;
    match = pattern.exec(code), count += 1
  ) {
    const parsed = parseArguments(code, pattern.lastIndex);
    if (!parsed) continue;
    const { positional, named } = parsed;
    if (match[1] === 'source') {
      if (positional.length === 2) {
        calls.sources.push({ source: positional[0], table: positional[1] });
      }
      continue;
    }
    const version = named.v ?? named.version;
    const [first, second] = positional;
    if (positional.length === 1) calls.refs.push({ name: first, version });
    if (positional.length === 2) {
      calls.refs.push({ package: first, name: second, version });
    }
  }
  return calls;
}

const argument =
  /\s*(?:(\w+)\s*=\s*)?(?:'([^'\n\\]{0,300})'|"([^"\n\\]{0,300})"|(\d[\d.]{0,20}))\s*(,|\))/y;

/** Plain strings and numbers up to the closing parenthesis; undefined for anything else. */
function parseArguments(text: string, from: number) {
  const positional: string[] = [];
  const named: Record<'v' | 'version', string | undefined> = {
    v: undefined,
    version: undefined,
  };
  argument.lastIndex = from;
  for (let count = 0; count < 4; count += 1) {
    const match = argument.exec(text);
    if (!match) return undefined;
    const value = match[2] ?? match[3] ?? match[4];
    if (match[1] === 'v' || match[1] === 'version') named[match[1]] = value;
    else if (match[1] === undefined) positional.push(value);
    if (match[5] === ')') return { positional, named };
  }
  return undefined;
}

/** The `config(…)` of a file, its plain strings by key. */
export function findConfig(text: string): Map<string, string> {
  const config = new Map<string, string>();
  const pattern = /(?<![\w.])(?:dbt\s*\.\s*)?config\s*\(/g;
  for (
    let match = pattern.exec(text), count = 0;
    match && count < MAX_CONFIGS;
    match = pattern.exec(text), count += 1
  ) {
    const body = text.slice(pattern.lastIndex, pattern.lastIndex + 5000);
    const entries =
      /(?:^|[,\s(])(alias|schema|database|dataset|project|materialized|target_schema|target_database)\s*=\s*(?:'([^'\n]{0,300})'|"([^"\n]{0,300})")/g;
    const end = /\)\s*-?[}%]/.exec(body)?.index ?? body.length;
    for (const [, key, single, double] of body
      .slice(0, end)
      .matchAll(entries)) {
      config.set(key, single ?? double);
    }
  }
  return config;
}
