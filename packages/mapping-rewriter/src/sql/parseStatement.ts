import { Cursor } from './Cursor';
import { CteScope, Scope } from './ast';
import { newScope } from './newScope';
import { parseClauses } from './parseClauses';
import { parseAlter, parseCreate } from './parseCreate';
import { parseBehindMacro, parseCtes, startsAtMacro } from './parseCtes';
import { parseDelete, parseInsert, parseMerge, parseUpdate } from './parseDml';
import { parseExpression } from './parseExpression';
import { opensQuery, parseQuery } from './parseQuery';
import { parseSources } from './parseSources';

export const NO_CTES: CteScope = { ctes: new Map() };

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

const STATEMENT_WORDS = new Set(
  'INSERT UPDATE DELETE MERGE COPY CALL EXECUTE BEGIN DECLARE'.split(' '),
);

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
    case 'VALUES':
      parseQuery(cursor, { role: 'top', ctes: NO_CTES });
      break;
    case '(':
      parseBracketed(cursor);
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
  if (!endsStatement(cursor)) {
    cursor.failAt('a clause or the end of the statement is expected');
    parseRest(cursor, newScope(cursor, { kind: 'dml', ctes: NO_CTES }));
  }
  cursor.statement.end = cursor.previous.end;
}

/**
 * Whether what was read is the whole statement. Without this the rest would be
 * taken for a statement of its own, and what it says of the first one be lost.
 */
function endsStatement(cursor: Cursor): boolean {
  return (
    cursor.cut ||
    cursor.isOp(';') ||
    CONTROL_WORDS.has(cursor.statement.verb) ||
    (cursor.peek().kind === 'word' && CONTROL_WORDS.has(cursor.peek().upper)) ||
    cursor.previous.kind === 'expr' ||
    // `CREATE TASK t AS INSERT ...`: what it runs is a statement of its own
    (cursor.statement.verb === 'CREATE' &&
      cursor.previous.upper === 'AS' &&
      STATEMENT_WORDS.has(cursor.peek().upper))
  );
}

/** A query in parentheses, or a part of a query that another text completes: `(SELECT ...) AS x`, `('a', 'b')`. */
function parseBracketed(cursor: Cursor): void {
  if (opensQuery(cursor)) {
    parseQuery(cursor, { role: 'top', ctes: NO_CTES });
    if (!cursor.isWord('AS')) {
      return;
    }
  }
  parseRest(cursor, newScope(cursor, { kind: 'dml', ctes: NO_CTES }));
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
