import { Cursor } from './Cursor';
import { addTable } from './addTable';
import { CteScope, Scope, TableRef } from './ast';
import { newScope } from './newScope';
import { parseClauses } from './parseClauses';
import { parseExpression, parseList } from './parseExpression';
import { parseQuery } from './parseQuery';
import { parseSourceAlias } from './parseSource';
import { parseSources } from './parseSources';
import { readPath } from './readName';

export function target(
  cursor: Cursor,
  access: TableRef['access'],
  scope?: Scope,
): TableRef | undefined {
  const path = readPath(cursor, true);
  return path
    ? addTable(cursor, path, { use: 'target', access, scope })
    : undefined;
}

export function parseInsert(cursor: Cursor, ctes: CteScope): void {
  cursor.next();
  // `INSERT OR IGNORE INTO`, `INSERT IGNORE INTO`
  if (cursor.takeWord('OR')) {
    cursor.next();
  }
  cursor.takeWord('IGNORE');
  cursor.takeWord('INTO', 'OVERWRITE');
  cursor.takeWord('TABLE', 'INTO');
  target(cursor, 'write');
  if (cursor.isOp('(') && !/^(SELECT|WITH)$/.test(cursor.peek(1).upper)) {
    cursor.skipForeignNames();
  }
  parseStatementQuery(cursor, ctes);
}

/** The query that a statement ends in, where it ends in one. */
export function parseStatementQuery(cursor: Cursor, ctes: CteScope): void {
  if (
    cursor.isWord('SELECT', 'WITH', 'VALUES') ||
    cursor.isOp('(') ||
    cursor.peek().kind === 'expr'
  ) {
    parseQuery(cursor, { role: 'top', ctes });
  }
}

function dmlTarget(cursor: Cursor, scope: Scope): void {
  const { start } = cursor.peek();
  const table = target(cursor, 'write', scope);
  if (table) {
    const source: Scope['sources'][number] = {
      kind: 'table',
      start,
      end: table.end,
      nameEnd: table.end,
      table,
      columnAliases: [],
      reshaped: false,
    };
    parseSourceAlias(cursor, source);
    scope.sources.push(source);
  }
}

/** `a = x, b.c = y`: what stands left belongs to the target. */
function parseAssignments(cursor: Cursor, scope: Scope): void {
  for (;;) {
    if (cursor.isOp('(')) {
      cursor.skipForeignNames();
    } else {
      readPath(cursor, false);
    }
    if (!cursor.takeOp('=')) {
      return;
    }
    parseExpression(cursor, { scope, clause: 'other', nested: false });
    if (!cursor.takeOp(',')) {
      return;
    }
  }
}

export function parseUpdate(cursor: Cursor, ctes: CteScope): void {
  const scope = newScope(cursor, { kind: 'dml', ctes });
  cursor.next();
  dmlTarget(cursor, scope);
  if (cursor.takeWord('SET')) {
    parseAssignments(cursor, scope);
  }
  parseClauses(cursor, scope);
}

export function parseDelete(cursor: Cursor, ctes: CteScope): void {
  const scope = newScope(cursor, { kind: 'dml', ctes });
  cursor.next();
  cursor.takeWord('FROM');
  dmlTarget(cursor, scope);
  if (cursor.takeWord('USING')) {
    parseSources(cursor, scope, ctes);
  }
  parseClauses(cursor, scope);
}

export function parseMerge(cursor: Cursor, ctes: CteScope): void {
  const scope = newScope(cursor, { kind: 'dml', ctes });
  cursor.next();
  cursor.takeWord('INTO');
  dmlTarget(cursor, scope);
  if (cursor.takeWord('USING')) {
    parseSources(cursor, scope, ctes);
  }
  while (cursor.takeWord('WHEN')) {
    while (!cursor.done && !cursor.isWord('THEN', 'AND') && !cursor.isOp(';')) {
      cursor.next();
    }
    if (cursor.takeWord('AND')) {
      parseExpression(cursor, { scope, clause: 'where', nested: false });
    }
    cursor.takeWord('THEN');
    if (cursor.takeWord('UPDATE')) {
      cursor.takeWord('SET');
      parseAssignments(cursor, scope);
    } else if (cursor.takeWord('INSERT')) {
      if (cursor.isOp('(')) {
        cursor.skipForeignNames();
      }
      if (cursor.takeWord('VALUES') && cursor.takeOp('(')) {
        parseList(cursor, { scope, clause: 'other', nested: true });
        cursor.expectOp(')');
      } else if (cursor.isWord('ROW')) {
        const { start, end } = cursor.next();
        scope.refs.push({
          parts: [{ value: '*', start, end, quoted: false }],
          scope,
          clause: 'other',
          start,
          end,
          tail: end,
          namesField: false,
          alone: false,
          nested: true,
          indexed: false,
        });
      }
    } else {
      cursor.takeWord('DELETE');
    }
  }
}
