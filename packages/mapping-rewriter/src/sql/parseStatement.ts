import { Cursor } from './Cursor';
import { CteScope, Scope } from './ast';
import { newScope } from './newScope';
import { parseClauses } from './parseClauses';
import { parseAlter, parseCreate } from './parseCreate';
import { parseBehindMacro, parseCtes, startsAtMacro } from './parseCtes';
import { parseDelete, parseInsert, parseMerge, parseUpdate } from './parseDml';
import { parseExpression } from './parseExpression';
import { parseQuery } from './parseQuery';
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
