import { NamePart, TableRef } from '../sql/ast';

/** A table name that stands alone: a value, an argument, a Jinja call. */
export function looseTable(start: number, end: number): TableRef {
  return {
    parts: [],
    start,
    end,
    access: 'read',
    use: 'other',
    statement: { verb: '', start, end, writes: [] },
  };
}

/** The parts of `project:dataset.table` or `project.dataset.table`, with or without backticks around it. */
export function specParts(spec: string, start: number): NamePart[] {
  const parts: NamePart[] = [];
  const from = spec.startsWith('`') ? 1 : 0;
  const to = spec.endsWith('`') ? spec.length - 1 : spec.length;
  const colon = spec.indexOf(':');
  let at = from;
  for (let i = from; i <= to; i++) {
    const c = spec[i];
    if (i === to || c === ':' || (c === '.' && i > colon)) {
      parts.push({
        value: spec.slice(at, i),
        start: start + at,
        end: start + i,
        quoted: false,
      });
      at = i + 1;
    }
  }
  return parts;
}
