import { parseJinja } from '../jinja/parseJinja';
import { Cursor } from './Cursor';
import { TableRef } from './ast';
import { Path } from './readName';

/** Notes an occurrence of a table name, in SQL or as a Jinja `ref` or `source`. */
export function addTable(
  cursor: Cursor,
  path: Pick<Path, 'parts' | 'start' | 'end'>,
  details: Pick<TableRef, 'use' | 'access' | 'scope' | 'legacy'>,
): TableRef {
  const table: TableRef = {
    parts: path.parts,
    start: path.start,
    end: path.end,
    statement: cursor.statement,
    ...details,
  };
  const single = path.parts.length === 1 ? path.parts[0] : undefined;
  if (single && single.value === undefined) {
    const token = cursor.previous;
    if (token.kind === 'expr' && token.start === path.start) {
      table.expression = token.text;
      const { calls } = parseJinja(token.text, token.start);
      if (
        calls.length > 0 &&
        /^(ref|source|builtins\.ref|builtins\.source)$/.test(calls[0].name)
      ) {
        table.call = calls[0];
      }
    } else if (token.kind === 'hole' && token.start === path.start) {
      table.expression = token.text;
    }
  }
  if (details.access === 'write') {
    cursor.statement.writes.push(table);
  }
  cursor.tree.tables.push(table);
  return table;
}
