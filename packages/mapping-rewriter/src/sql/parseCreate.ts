import { Cursor } from './Cursor';
import { newScope } from './newScope';
import { parseStatementQuery, target } from './parseDml';
import { parseList } from './parseExpression';
import { NO_CTES } from './parseStatement';
import { readPath } from './readName';

/** Words that may stand between the verb and the name of what is made or altered. */
const OBJECT_WORDS = new Set(
  'OR REPLACE TEMP TEMPORARY TABLE VIEW MATERIALIZED EXTERNAL SNAPSHOT IF NOT EXISTS TRANSIENT UNLOGGED GLOBAL LOCAL RECURSIVE SECURE FUNCTION PROCEDURE AGGREGATE INDEX SCHEMA SEARCH VECTOR UNIQUE DATABASE DYNAMIC STREAM TASK STAGE CLONE COPY MODEL ROW ACCESS POLICY ASSIGNMENT CAPACITY RESERVATION'.split(
    ' ',
  ),
);

const TABLE_WORDS = new Set(['TABLE', 'VIEW']);

export function parseCreate(cursor: Cursor): void {
  cursor.next();
  let object = '';
  while (
    cursor.peek().kind === 'word' &&
    OBJECT_WORDS.has(cursor.peek().upper) &&
    cursor.peek(1).text !== '.'
  ) {
    const { upper } = cursor.next();
    object = TABLE_WORDS.has(upper) || object === '' ? upper : object;
    if (upper === 'FUNCTION' || upper === 'PROCEDURE') {
      object = upper;
    }
  }
  if (
    object === 'FUNCTION' ||
    object === 'PROCEDURE' ||
    cursor.isWord('FUNCTION', 'PROCEDURE')
  ) {
    parseRoutine(cursor);
    return;
  }
  target(cursor, 'write');
  const scope = newScope(cursor, { kind: 'dml', ctes: NO_CTES });
  while (!cursor.done && !cursor.isOp(';') && !cursor.peek().boundary) {
    if (cursor.isWord('AS')) {
      cursor.next();
      parseStatementQuery(cursor, NO_CTES);
      return;
    }
    if (
      cursor.isWord('SELECT', 'WITH') &&
      !/^(CONNECTION|PARTITION|NO|SYNONYMS)$/.test(cursor.peek(1).upper)
    ) {
      parseStatementQuery(cursor, NO_CTES);
      return;
    }
    if (cursor.isWord('CLONE', 'LIKE', 'COPY')) {
      cursor.next();
      target(cursor, 'read', scope);
    } else if (cursor.isOp('(')) {
      cursor.skipForeignNames();
    } else {
      cursor.named.add(cursor.next().start);
    }
  }
}

/** A routine's body holds statements or an expression; its head holds types. */
function parseRoutine(cursor: Cursor): void {
  readPath(cursor, true);
  while (!cursor.done && !cursor.isOp(';') && !cursor.peek().boundary) {
    if (cursor.isWord('BEGIN')) {
      return;
    }
    if (cursor.isWord('AS')) {
      cursor.next();
      if (cursor.takeOp('(')) {
        const scope = newScope(cursor, { kind: 'dml', ctes: NO_CTES });
        parseList(cursor, { scope, clause: 'other', nested: true });
        cursor.expectOp(')');
      } else {
        parseStatementQuery(cursor, NO_CTES);
      }
      continue;
    }
    if (cursor.isOp('(')) {
      cursor.skipForeignNames();
    } else {
      cursor.next();
    }
  }
}

export function parseAlter(cursor: Cursor): void {
  cursor.next();
  while (
    cursor.peek().kind === 'word' &&
    OBJECT_WORDS.has(cursor.peek().upper)
  ) {
    cursor.next();
  }
  target(cursor, 'write');
  while (!cursor.done && !cursor.isOp(';') && !cursor.peek().boundary) {
    cursor.next();
  }
}
