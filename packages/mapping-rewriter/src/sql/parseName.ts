import { Cursor } from './Cursor';
import { ColumnRef } from './ast';
import { EXPRESSION_KEYWORDS, LITERAL_TYPES } from './keywords';
import {
  ExpressionContext,
  parseArguments,
  parseList,
} from './parseExpression';
import { addTable } from './addTable';
import { parseKeyword, skipTypeArguments } from './parseKeyword';
import { readPart, readPath } from './readName';

/** Reads `::type`, `.field` behind a bracket, `:json.path` and the like. */
export function skipSuffixes(
  cursor: Cursor,
  context: ExpressionContext,
): boolean {
  let indexed = false;
  for (;;) {
    if (cursor.isOp('::')) {
      cursor.next();
      readPath(cursor, false);
      cursor.takeWord('PRECISION', 'VARYING');
      if (cursor.isWord('WITH', 'WITHOUT') && cursor.peek(1).upper === 'TIME') {
        cursor.position += 3;
      }
      if (cursor.isOp('(') || cursor.isOp('[')) {
        cursor.skipBrackets();
      }
    } else if (cursor.isOp('[') && !cursor.peek().afterTag) {
      cursor.next();
      parseList(cursor, {
        ...context,
        nested: true,
        aliasEnds: false,
        fn: undefined,
        item: undefined,
      });
      cursor.expectOp(']');
      indexed = true;
    } else if (
      cursor.isOp(':') &&
      cursor.peek(1).glued &&
      cursor.dialect !== 'bigquery'
    ) {
      cursor.next();
      readPath(cursor, false);
    } else {
      return indexed;
    }
  }
}

export function pushRef(
  context: ExpressionContext,
  ref: Pick<ColumnRef, 'parts' | 'start' | 'end' | 'indexed'>,
): ColumnRef {
  const full: ColumnRef = {
    parts: ref.parts,
    start: ref.start,
    end: ref.end,
    indexed: ref.indexed,
    scope: context.scope,
    clause: context.clause,
    nested: context.nested,
    namesField: false,
    alone: false,
    tail: ref.end,
  };
  context.scope.refs.push(full);
  return full;
}

/** Reads what starts with a name: a column, a call, a literal with its type, a lambda. */
export function parseName(
  cursor: Cursor,
  context: ExpressionContext,
): ColumnRef | undefined {
  const first = cursor.peek();
  if (first.kind === 'word') {
    const after = cursor.peek(1);
    if (first.start === context.datePart) {
      cursor.named.add(cursor.next().start);
      if (cursor.isOp('(')) {
        cursor.skipBrackets();
      }
      return undefined;
    }
    if (after.kind === 'string' && LITERAL_TYPES.has(first.upper)) {
      cursor.named.add(cursor.next().start);
      cursor.next();
      return undefined;
    }
    if (
      after.kind === 'op' &&
      (after.text === '=>' ||
        after.text === '->' ||
        (after.text === ':' && cursor.peek(2).text === '='))
    ) {
      cursor.named.add(cursor.next().start);
      cursor.next();
      return undefined;
    }
    if (
      (first.upper === 'STRUCT' || first.upper === 'ARRAY') &&
      after.text === '<'
    ) {
      cursor.next();
      skipTypeArguments(cursor);
      if (cursor.takeOp('(')) {
        parseArguments(
          cursor,
          context,
          first.upper === 'STRUCT' ? 'TYPED_STRUCT' : 'ARRAY',
        );
      }
      return undefined;
    }
    if (
      (first.upper === 'TABLE' || first.upper === 'MODEL') &&
      context.fn &&
      (after.kind === 'word' ||
        after.kind === 'quoted' ||
        after.kind === 'expr' ||
        after.kind === 'hole')
    ) {
      cursor.next();
      const path = readPath(cursor, true);
      if (path && first.upper === 'TABLE') {
        addTable(cursor, path, {
          use: 'argument',
          access: 'read',
          scope: context.scope,
        });
      }
      return undefined;
    }
    const keyword =
      EXPRESSION_KEYWORDS.has(first.upper) &&
      !(after.kind === 'op' && after.text === '.');
    if (keyword) {
      parseKeyword(cursor, context);
      return undefined;
    }
  }
  const path = readPath(cursor, false);
  if (!path) {
    cursor.next();
    return undefined;
  }
  if (cursor.isOp('(') && !cursor.peek().afterTag && !path.star) {
    // `hist.extract(x)` is a function of somebody's own
    const name =
      path.parts.length === 1 ? path.parts[0].value?.toUpperCase() ?? '' : '';
    cursor.tree.functions.push({
      parts: path.parts,
      start: path.start,
      end: path.end,
    });
    cursor.next();
    parseArguments(cursor, context, name);
    return undefined;
  }
  if (
    path.parts.length === 1 &&
    path.parts[0].value === undefined &&
    path.parts[0].pieces?.length === 1
  ) {
    return undefined;
  }
  const { parts } = path;
  if (context.lambda?.includes(parts[0].value?.toLowerCase() ?? '')) {
    return undefined;
  }
  if (path.star) {
    parts.push({
      value: '*',
      start: path.end - 1,
      end: path.end,
      quoted: false,
    });
  }
  const ref = pushRef(context, {
    parts,
    start: path.start,
    end: path.end,
    indexed: false,
  });
  // items[OFFSET(0)].sku is a path through the array
  let bracketed = skipSuffixes(cursor, context);
  while (bracketed && cursor.isOp('.') && cursor.peek(1).text !== '*') {
    cursor.next();
    ref.parts.push(...readPart(cursor, false));
    ref.end = cursor.previous.end;
    ref.indexed = true;
    if (cursor.isOp('(')) {
      cursor.skipBrackets();
    }
    while (cursor.isOp('.')) {
      cursor.next();
      ref.parts.push(...readPart(cursor, false));
      ref.end = cursor.previous.end;
    }
    bracketed = skipSuffixes(cursor, context);
  }
  ref.tail = bracketed ? ref.end : cursor.previous.end;
  return bracketed ? undefined : ref;
}
