import { Cursor } from './Cursor';
import { Scope } from './ast';
import { parseExpression, parseList } from './parseExpression';
import { parseSources } from './parseSources';
import { readPath } from './readName';

const CLAUSE_OF: Record<
  string,
  'where' | 'group' | 'having' | 'qualify' | 'order' | 'other'
> = {
  WHERE: 'where',
  PREWHERE: 'where',
  GROUP: 'group',
  HAVING: 'having',
  QUALIFY: 'qualify',
  ORDER: 'order',
  CLUSTER: 'order',
  DISTRIBUTE: 'order',
  SORT: 'order',
  LIMIT: 'other',
  OFFSET: 'other',
  FETCH: 'other',
  START: 'where',
  CONNECT: 'where',
};

function parseWindows(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const name = cursor.next();
    cursor.named.add(name.start);
    scope.windows.push(name.text.toLowerCase());
    cursor.takeWord('AS');
    if (cursor.takeOp('(')) {
      parseList(cursor, { scope, clause: 'window', nested: true });
      cursor.expectOp(')');
    } else {
      cursor.next();
    }
    if (!cursor.takeOp(',')) {
      return;
    }
  }
}

/** Reads the clauses behind the select list. */
export function parseClauses(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const token = cursor.peek();
    if (cursor.done || token.boundary) {
      return;
    }
    if (token.kind === 'expr') {
      // a macro that writes a whole clause
      cursor.next();
      scope.expressions.push({
        start: token.start,
        end: token.end,
        text: token.text,
        alone: true,
      });
      continue;
    }
    if (token.kind === 'hole') {
      cursor.next();
      continue;
    }
    if (token.kind === 'op' && token.text === '|>') {
      cursor.fail('pipe syntax is not followed', true);
      return;
    }
    if (
      token.kind === 'word' &&
      token.afterTag &&
      /^(AND|OR)$/.test(token.upper)
    ) {
      cursor.next();
      parseExpression(cursor, { scope, clause: 'where', nested: false });
      continue;
    }
    if (token.kind !== 'word') {
      return;
    }
    if (token.upper === 'FROM') {
      cursor.next();
      parseSources(cursor, scope, scope.ctes);
    } else if (
      token.afterTag &&
      /^(JOIN|INNER|LEFT|RIGHT|FULL|CROSS)$/.test(token.upper)
    ) {
      parseSources(cursor, scope, scope.ctes);
      if (cursor.peek() === token) {
        return;
      }
    } else if (token.upper === 'WINDOW') {
      cursor.next();
      parseWindows(cursor, scope);
    } else if (CLAUSE_OF[token.upper]) {
      cursor.next();
      cursor.takeWord('BY');
      cursor.takeWord('WITH');
      cursor.takeWord('ALL');
      parseList(cursor, {
        scope,
        clause: CLAUSE_OF[token.upper],
        nested: false,
      });
    } else if (token.upper === 'INTO') {
      cursor.next();
      readPath(cursor, true);
    } else {
      return;
    }
  }
}
