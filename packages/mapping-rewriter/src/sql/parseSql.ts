import { SqlDialect } from '../types';
import { Token } from '../tokens/Token';
import { SqlTree } from './ast';
import { Cursor } from './Cursor';
import { parseStatement } from './parseStatement';

/**
 * Reads the statements of a text as far as name resolution needs. Never
 * fails: a statement that cannot be followed carries its problem.
 */
export function parseSql(tokens: Token[], dialect: SqlDialect): SqlTree {
  const cursor = new Cursor(tokens, dialect);
  while (!cursor.done) {
    if (cursor.takeOp(';')) {
      continue;
    }
    const before = cursor.position;
    parseStatement(cursor);
    if (cursor.position === before) {
      cursor.next();
    }
  }
  return cursor.tree;
}
