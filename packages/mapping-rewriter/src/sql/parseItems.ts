import { Cursor } from './Cursor';
import { Item, Scope, Star } from './ast';
import { parseExpression } from './parseExpression';
import { readPart, readPath } from './readName';

function parseStarSuffixes(cursor: Cursor, star: Star, scope: Scope): void {
  for (;;) {
    if (
      cursor.isWord('EXCEPT', 'EXCLUDE') &&
      cursor.peek(1).upper !== 'ALL' &&
      cursor.peek(1).upper !== 'DISTINCT'
    ) {
      const { start } = cursor.next();
      const names = [];
      if (cursor.takeOp('(')) {
        while (!cursor.done && !cursor.isOp(')')) {
          const parts = readPart(cursor, false);
          names.push(...parts);
          if (parts.length === 0) {
            cursor.next();
          }
        }
        cursor.takeOp(')');
      } else {
        names.push(...readPart(cursor, false));
      }
      star.except = { names, start, end: cursor.previous.end };
    } else if (cursor.isWord('REPLACE') && cursor.peek(1).text === '(') {
      cursor.next();
      cursor.next();
      for (;;) {
        parseExpression(cursor, {
          scope,
          clause: 'select',
          nested: true,
          aliasEnds: true,
        });
        if (cursor.takeWord('AS')) {
          const name = readPart(cursor, false)[0];
          if (name) {
            star.replace.push({ name });
          }
        }
        if (!cursor.takeOp(',')) {
          break;
        }
      }
      cursor.expectOp(')');
    } else if (cursor.isWord('RENAME', 'ILIKE')) {
      star.renames = true;
      cursor.next();
      if (cursor.isOp('(')) {
        cursor.skipBrackets();
      } else {
        cursor.next();
        while (cursor.takeWord('AS')) {
          cursor.next();
        }
      }
    } else {
      return;
    }
  }
}

function parseStar(cursor: Cursor, scope: Scope): Star | undefined {
  const { start } = cursor.peek();
  const before = cursor.position;
  let qualifier: Star['qualifier'] = [];
  if (cursor.isOp('*')) {
    cursor.next();
  } else {
    const path = readPath(cursor, false);
    if (!path?.star) {
      cursor.position = before;
      return undefined;
    }
    qualifier = path.parts;
  }
  const star: Star = {
    start,
    end: cursor.previous.end,
    qualifier,
    except: undefined,
    replace: [],
    renames: false,
  };
  parseStarSuffixes(cursor, star, scope);
  return star;
}

/** Behind `f(x).*`; the names are of fields of a value and not of columns. */
function parseFieldSuffixes(cursor: Cursor, scope: Scope): void {
  parseStarSuffixes(
    cursor,
    {
      ...{ start: cursor.previous.start, end: cursor.previous.end },
      ...{ qualifier: [], except: undefined, replace: [], renames: false },
    },
    scope,
  );
}

function parseItem(cursor: Cursor, scope: Scope): void {
  const item: Item = { start: cursor.peek().start, end: 0, dynamic: false };
  scope.items.push(item);
  item.star = parseStar(cursor, scope);
  const from = cursor.position;
  const shape = parseExpression(cursor, {
    scope,
    clause: 'select',
    nested: false,
    aliasEnds: true,
    item,
  });
  item.dynamic = shape.dynamic || shape.fields;
  if (shape.fields) {
    parseFieldSuffixes(cursor, scope);
  }
  if (
    !item.star &&
    (cursor.isWord('AS') ||
      (cursor.position > from &&
        /^(word|quoted)$/.test(cursor.peek().kind) &&
        !cursor.peek().afterTag &&
        !cursor.isWord(
          'FROM',
          'INTO',
          'WHERE',
          'GROUP',
          'HAVING',
          'QUALIFY',
          'WINDOW',
          'ORDER',
          'LIMIT',
          'UNION',
          'INTERSECT',
          'EXCEPT',
          'MINUS',
        )))
  ) {
    cursor.takeWord('AS');
    item.alias = readPart(cursor, false)[0];
  }
  for (const ref of shape.bare) {
    ref.alone = true;
    if (!item.alias && !item.star) {
      ref.item = item;
    }
  }
  if (shape.bare.length === 1 && !item.dynamic && !shape.branched) {
    item.bare = shape.bare[0];
  }
  item.end = cursor.previous.end;
}

export function parseItems(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const before = cursor.position;
    parseItem(cursor, scope);
    if (cursor.takeOp(',')) {
      if (cursor.isWord('FROM')) {
        return;
      }
      continue;
    }
    const token = cursor.peek();
    const branch =
      cursor.position > before &&
      token.afterTag &&
      !token.boundary &&
      !cursor.done &&
      (token.kind === 'expr' ||
        (token.kind === 'word' &&
          !cursor.isWord('FROM', 'WHERE', 'SELECT', 'WITH')));
    if (!branch) {
      return;
    }
  }
}
