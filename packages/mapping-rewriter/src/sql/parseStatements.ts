import { CteScope, Scope, TableRef } from './ast';
import { Cursor } from './Cursor';
import { parseExpression, parseList } from './parseExpression';
import { addTable, parseSourceAlias, parseSources } from './parseFrom';
import {
  newScope,
  parseBehindMacro,
  parseClauses,
  parseCtes,
  parseQuery,
  startsAtMacro,
} from './parseQuery';
import { readPath } from './readName';

const NO_CTES: CteScope = { ctes: new Map() };

/** Words that may stand between the verb and the name of what is made or altered. */
const OBJECT_WORDS = new Set(
  'OR REPLACE TEMP TEMPORARY TABLE VIEW MATERIALIZED EXTERNAL SNAPSHOT IF NOT EXISTS TRANSIENT UNLOGGED GLOBAL LOCAL RECURSIVE SECURE FUNCTION PROCEDURE AGGREGATE INDEX SCHEMA SEARCH VECTOR UNIQUE DATABASE DYNAMIC STREAM TASK STAGE CLONE COPY MODEL ROW ACCESS POLICY ASSIGNMENT CAPACITY RESERVATION'.split(
    ' ',
  ),
);

const TABLE_WORDS = new Set(['TABLE', 'VIEW']);

function target(
  cursor: Cursor,
  access: TableRef['access'],
  scope?: Scope,
): TableRef | undefined {
  const path = readPath(cursor, true);
  return path
    ? addTable(cursor, path, { use: 'target', access, scope })
    : undefined;
}

function parseInsert(cursor: Cursor, ctes: CteScope): void {
  cursor.next();
  cursor.takeWord('INTO', 'OVERWRITE');
  cursor.takeWord('TABLE', 'INTO');
  target(cursor, 'write');
  if (cursor.isOp('(') && !/^(SELECT|WITH)$/.test(cursor.peek(1).upper)) {
    cursor.skipForeignNames();
  }
  parseStatementQuery(cursor, ctes);
}

/** The query that a statement ends in, where it ends in one. */
function parseStatementQuery(cursor: Cursor, ctes: CteScope): void {
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

function parseUpdate(cursor: Cursor, ctes: CteScope): void {
  const scope = newScope(cursor, { kind: 'dml', ctes });
  cursor.next();
  dmlTarget(cursor, scope);
  if (cursor.takeWord('SET')) {
    parseAssignments(cursor, scope);
  }
  parseClauses(cursor, scope);
}

function parseDelete(cursor: Cursor, ctes: CteScope): void {
  const scope = newScope(cursor, { kind: 'dml', ctes });
  cursor.next();
  cursor.takeWord('FROM');
  dmlTarget(cursor, scope);
  if (cursor.takeWord('USING')) {
    parseSources(cursor, scope, ctes);
  }
  parseClauses(cursor, scope);
}

function parseMerge(cursor: Cursor, ctes: CteScope): void {
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
        cursor.takeOp(')');
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

function parseCreate(cursor: Cursor): void {
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
        cursor.takeOp(')');
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

function parseAlter(cursor: Cursor): void {
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

/** `EXPORT DATA OPTIONS (...) AS SELECT`, and anything else that ends in a query. */
function parseOther(cursor: Cursor, scope: Scope): void {
  const before = cursor.position;
  if (cursor.isWord('FROM', 'JOIN')) {
    // a part of a query that a macro or another file completes
    cursor.next();
    parseSources(cursor, scope, NO_CTES);
    parseClauses(cursor, scope);
    return;
  }
  parseExpression(cursor, { scope, clause: 'other', nested: false });
  if (cursor.position === before) {
    cursor.next();
  }
}

const CONTROL_WORDS = new Set(
  'BEGIN END IF THEN ELSE ELSEIF LOOP WHILE DO REPEAT UNTIL FOR DECLARE SET RETURN RAISE CALL COMMIT ROLLBACK TRANSACTION EXCEPTION ERROR'.split(
    ' ',
  ),
);

/** Reads one statement, with the cursor on its first token. */
export function parseStatement(cursor: Cursor): void {
  const token = cursor.peek();
  cursor.statement = {
    verb: token.upper,
    start: token.start,
    end: token.end,
    writes: [],
  };
  cursor.tree.statements.push(cursor.statement);
  switch (token.kind === 'word' ? token.upper : token.text) {
    case 'WITH': {
      const before = cursor.position;
      const ctes = parseCtes(cursor, { role: 'top', ctes: NO_CTES });
      if (cursor.isWord('INSERT')) {
        parseInsert(cursor, ctes);
      } else if (cursor.isWord('UPDATE')) {
        parseUpdate(cursor, ctes);
      } else if (cursor.isWord('DELETE')) {
        parseDelete(cursor, ctes);
      } else if (cursor.isWord('MERGE')) {
        parseMerge(cursor, ctes);
      } else if (cursor.position > before) {
        parseQuery(cursor, { role: 'top', ctes });
      }
      break;
    }
    case 'SELECT':
    case 'FROM':
    case '(':
    case 'VALUES':
      parseQuery(cursor, { role: 'top', ctes: NO_CTES });
      break;
    case 'INSERT':
      parseInsert(cursor, NO_CTES);
      break;
    case 'UPDATE':
      parseUpdate(cursor, NO_CTES);
      break;
    case 'DELETE':
      parseDelete(cursor, NO_CTES);
      break;
    case 'MERGE':
      parseMerge(cursor, NO_CTES);
      break;
    case 'CREATE':
      parseCreate(cursor);
      break;
    case 'DROP':
    case 'ALTER':
    case 'TRUNCATE':
      parseAlter(cursor);
      break;
    default:
      if (token.kind === 'word' && CONTROL_WORDS.has(token.upper)) {
        parseControl(cursor);
      } else {
        const scope = newScope(cursor, { kind: 'dml', ctes: NO_CTES });
        parseRest(cursor, scope);
      }
  }
  cursor.statement.end = cursor.previous.end;
}

/** Control words of scripts stand before expressions and statements. */
function parseControl(cursor: Cursor): void {
  const scope = newScope(cursor, { kind: 'dml', ctes: NO_CTES });
  const { upper } = cursor.next();
  if (upper === 'DECLARE') {
    while (!cursor.done && !cursor.isOp(';') && !cursor.isWord('DEFAULT')) {
      cursor.named.add(cursor.next().start);
    }
    cursor.takeWord('DEFAULT');
  } else if (upper === 'SET') {
    while (!cursor.done && !cursor.isOp(';') && !cursor.isOp('=')) {
      cursor.named.add(cursor.next().start);
    }
    cursor.takeOp('=');
  } else if (upper === 'FOR') {
    cursor.named.add(cursor.next().start);
    cursor.takeWord('IN');
    if (cursor.isOp('(')) {
      parseQuery(cursor, { role: 'top', ctes: NO_CTES });
      return;
    }
  } else if (!/^(IF|ELSEIF|WHILE|UNTIL|RETURN|CALL)$/.test(upper)) {
    return;
  }
  parseExpression(cursor, { scope, clause: 'other', nested: false });
}

function parseRest(cursor: Cursor, scope: Scope): void {
  while (!cursor.done && !cursor.isOp(';')) {
    const token = cursor.peek();
    if (token.boundary && token.start !== cursor.statement.start) {
      return;
    }
    if (
      token.kind === 'word' &&
      token.start !== cursor.statement.start &&
      /^(SELECT|WITH)$/.test(token.upper) &&
      cursor.peek(1).text !== '('
    ) {
      parseQuery(cursor, { role: 'top', ctes: NO_CTES });
      continue;
    }
    if (token.kind === 'expr' && cursor.peek(1).kind === 'expr') {
      // `{{ config(...) }}` and the like, one after the other
      cursor.next();
      continue;
    }
    if (startsAtMacro(cursor)) {
      parseBehindMacro(cursor);
      continue;
    }
    parseOther(cursor, scope);
  }
}
