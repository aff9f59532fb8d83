import { Cursor } from './Cursor';
import { Cte, CteScope } from './ast';
import { nameKey } from './cteNames';
import { QueryContext } from './newScope';
import { parseQuery } from './parseQuery';
import { readPart } from './readName';

/** Reads `WITH a AS (...), b AS (...)` where it stands here. */
export function parseCtes(cursor: Cursor, context: QueryContext): CteScope {
  if (!cursor.isWord('WITH')) {
    return context.ctes;
  }
  cursor.next();
  const recursive = cursor.takeWord('RECURSIVE');
  return parseCteList(cursor, context, context.ctes, recursive);
}

/** Reads `a AS (...), b AS (...)`; each name is seen by the queries behind it. */
export function parseCteList(
  cursor: Cursor,
  context: QueryContext,
  around: CteScope,
  recursive: boolean,
): CteScope {
  let ctes = around;
  for (;;) {
    const name = readPart(cursor, true)[0];
    if (!name) {
      return ctes;
    }
    if (name.value === undefined && cursor.takeOp(',')) {
      // a macro that writes a query of the WITH clause
      continue;
    }
    const cte: Cte = { name, columns: [], recursive };
    if (cursor.takeOp('(')) {
      while (!cursor.done && !cursor.isOp(')')) {
        const parts = readPart(cursor, false);
        cte.columns.push(...parts);
        if (parts.length === 0) {
          cursor.next();
        }
      }
      cursor.takeOp(')');
    }
    cursor.takeWord('AS');
    cursor.takeWord('NOT');
    cursor.takeWord('MATERIALIZED');
    if (!cursor.takeOp('(')) {
      cursor.fail('a WITH clause is not followed by its query');
      return ctes;
    }
    cursor.tree.ctes.push(cte);
    const key = nameKey(cte.name);
    const named: CteScope =
      key === undefined ? ctes : { ctes: new Map([[key, cte]]), parent: ctes };
    const visible = recursive ? named : ctes;
    cursor.nested(() => {
      cte.query = parseQuery(cursor, {
        role: 'cte',
        parent: context.parent,
        ctes: visible,
      });
    });
    if (!cursor.takeOp(')')) {
      cursor.fail('the query of a WITH clause is not closed');
      cursor.skipToClose();
      cursor.takeOp(')');
    }
    ctes = named;
    if (!cursor.takeOp(',')) {
      // a comma may be lost to a Jinja branch
      if (cursor.peek().afterTag && startsCte(cursor, 0)) {
        continue;
      }
      return ctes;
    }
    if (cursor.isWord('SELECT')) {
      return ctes;
    }
  }
}

/** Whether a macro begins a WITH clause that the text goes on with: `{{ ctes() }}, b AS (`. */
export const startsAtMacro = (cursor: Cursor): boolean =>
  cursor.peek().kind === 'expr' &&
  cursor.peek(1).text === ',' &&
  startsCte(cursor, 2);

/** Reads the rest of a WITH clause that a macro begins, and its query. */
export function parseBehindMacro(cursor: Cursor): void {
  cursor.next();
  cursor.next();
  const context: QueryContext = { role: 'top', ctes: { ctes: new Map() } };
  const ctes = parseCteList(cursor, context, context.ctes, false);
  parseQuery(cursor, { ...context, ctes });
}

/** Whether `name AS (` begins `ahead` tokens from here. */
export function startsCte(cursor: Cursor, ahead: number): boolean {
  return (
    cursor.peek(ahead).kind === 'word' &&
    cursor.peek(ahead + 1).upper === 'AS' &&
    cursor.peek(ahead + 2).text === '('
  );
}
