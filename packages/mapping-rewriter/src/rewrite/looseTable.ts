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

/** The parts of `project:dataset.table` or `project.dataset.table`, with or without backticks and an alias. */
export function specParts(spec: string, start: number): NamePart[] {
  const name = /^\s*`?([^\s`]+)/.exec(spec)!;
  const from = name[0].length - name[1].length;
  const colon = name[1].indexOf(':');
  const parts: NamePart[] = [];
  let at = 0;
  for (let i = 0; i <= name[1].length; i++) {
    const c = name[1][i];
    if (i === name[1].length || c === ':' || (c === '.' && i > colon)) {
      const text = name[1].slice(at, i);
      const span = { start: start + from + at, end: start + from + i };
      parts.push(
        /^\{\w+\}$/.test(text)
          ? {
              value: undefined,
              pieces: [undefined],
              written: text,
              ...span,
              quoted: false,
            }
          : { value: text, ...span, quoted: false },
      );
      at = i + 1;
    }
  }
  return parts;
}
