import { Cursor } from './Cursor';
import { DATE_PARTS } from './keywords';
import {
  ExpressionContext,
  parseArguments,
  parseList,
} from './parseExpression';
import { parseName } from './parseName';

export function skipType(cursor: Cursor): void {
  if (cursor.isOp('(')) {
    return;
  }
  let open = 0;
  while (!cursor.done) {
    const { kind, text } = cursor.peek();
    if (kind === 'op') {
      if (text === '(' || text === '<' || text === '[') {
        open += 1;
      } else if (text === ')' || text === '>' || text === ']') {
        if (open === 0) {
          return;
        }
        open -= 1;
      } else if (text === ',' && open === 0) {
        return;
      } else if (text === ';') {
        return;
      }
    } else if (cursor.isWord('SELECT', 'FROM')) {
      return;
    }
    cursor.named.add(cursor.next().start);
  }
}

/** `STRING(10)`, `NUMERIC(38, 9)` */
const isLength = (cursor: Cursor) =>
  cursor.isOp('(') &&
  cursor.previous.kind === 'word' &&
  cursor.peek(1).kind === 'number';

/** Moves behind `<...>` of a type, with the cursor on `<`. */
export function skipTypeArguments(cursor: Cursor): void {
  let open = 0;
  while (!cursor.done && !cursor.peek().boundary) {
    const { kind, text } = cursor.peek();
    if (kind === 'op' && /^[();]$/.test(text) && !isLength(cursor)) {
      break;
    }
    cursor.named.add(cursor.next().start);
    if (kind === 'op' && text === '(') {
      cursor.skipToClose();
      cursor.next();
    }
    // `<>` is one token
    open += kind === 'op' && text === '<' ? 1 : 0;
    open -= kind === 'op' && text === '>' ? 1 : 0;
    if (open === 0) {
      return;
    }
  }
  cursor.failAt('the end of a type is expected');
}

export function parseKeyword(cursor: Cursor, context: ExpressionContext): void {
  const { upper } = cursor.next();
  if (upper === 'AS') {
    skipType(cursor);
  } else if (upper === 'OVER') {
    if (cursor.peek().kind === 'word') {
      cursor.named.add(cursor.next().start);
    }
  } else if (upper === 'INTERVAL') {
    parseInterval(cursor, context);
  } else if (upper === 'IS' || upper === 'DISTINCT') {
    cursor.takeWord('NOT');
    if (upper === 'DISTINCT' || cursor.takeWord('DISTINCT')) {
      cursor.takeWord('FROM');
    }
  } else if (cursor.isOp('(')) {
    const called =
      /^(CAST|SAFE_CAST|TRY_CAST|EXTRACT|STRUCT|ARRAY|UNNEST|CURRENT_\w+)$/.test(
        upper,
      );
    cursor.next();
    if (called || upper === 'EXISTS') {
      parseArguments(cursor, context, upper);
    } else {
      parseParenthesis(cursor, context);
    }
  }
}

function parseInterval(cursor: Cursor, context: ExpressionContext): void {
  if (cursor.takeOp('-')) {
    // a negative amount
  }
  const { kind } = cursor.peek();
  if (kind === 'op' && cursor.takeOp('(')) {
    parseParenthesis(cursor, context);
  } else if (kind === 'word' || kind === 'quoted') {
    parseName(cursor, context);
  } else {
    cursor.next();
  }
  if (cursor.peek().kind === 'word' && DATE_PARTS.has(cursor.peek().upper)) {
    cursor.named.add(cursor.next().start);
    if (cursor.takeWord('TO')) {
      cursor.named.add(cursor.next().start);
    }
  }
}

/** Reads a parenthesis, subquery or list, with the cursor behind its opening. */
export function parseParenthesis(
  cursor: Cursor,
  context: ExpressionContext,
): void {
  cursor.nested(() => {
    parseList(cursor, {
      ...context,
      nested: true,
      aliasEnds: false,
      item: undefined,
      fn: undefined,
    });
  });
  if (!cursor.takeOp(')')) {
    cursor.fail('a parenthesis is not closed');
  }
}
