import { Cursor } from './Cursor';
import { Clause, ColumnRef, Item, Scope } from './ast';
import {
  CLAUSE_KEYWORDS,
  EXPRESSION_KEYWORDS,
  NOT_AN_ITEM_ALIAS,
} from './keywords';
import { findDatePart } from './findDatePart';
import { lacksOperator } from './lacksOperator';
import { parseParenthesis } from './parseKeyword';
import { parseName, pushRef, skipSuffixes } from './parseName';
import { parseQuery } from './parseQuery';
import { readPart } from './readName';

export interface ExpressionContext {
  scope: Scope;
  clause: Clause;
  /** Inside parentheses: clause keywords do not end the expression. */
  nested: boolean;
  /** A word behind an operand is an alias and ends the expression. */
  aliasEnds?: boolean;
  /** Upper-case name of the function whose argument this is. */
  fn?: string;
  /** Where a date part stands among its arguments. */
  datePart?: number;
  item?: Item;
  /** Names that a lambda around this gives to its arguments, lower case. */
  lambda?: string[];
}

/** Words of MERGE and of scripts that end an expression outside CASE. */
const END_WORDS = new Set(['WHEN', 'THEN', 'DO', 'LOOP', 'REPEAT', 'WITH']);

/** What was read at the expression's own depth. */
export interface ExpressionShape {
  /** The reference that is the whole of it, or of a branch between Jinja tags. */
  bare: ColumnRef[];
  /** Holds a Jinja expression that may be several columns. */
  dynamic: boolean;
  /** Jinja tags stand inside. */
  branched: boolean;
  empty: boolean;
  /** Ends in `.*` behind something else than a name: the fields of a value. */
  fields: boolean;
}

const isOperandEnd = (cursor: Cursor, from: number) => {
  const { previous } = cursor;
  if (cursor.position === from) {
    return false;
  }
  switch (previous.kind) {
    case 'op':
      return previous.text === ')' || previous.text === ']';
    case 'word':
      return (
        !EXPRESSION_KEYWORDS.has(previous.upper) ||
        /^(END|NULL|TRUE|FALSE|CURRENT_\w+)$/.test(previous.upper)
      );
    default:
      return true;
  }
};

/** What follows an operand is an operator, or a word that is known. */
function expectOperator(
  cursor: Cursor,
  from: number,
  context: ExpressionContext,
): void {
  if (
    cursor.position > from &&
    context.clause !== 'other' &&
    lacksOperator(cursor)
  ) {
    cursor.failAt('an operator or the end of the expression is expected');
  }
}

/** Reads a function's arguments, with the cursor behind the opening parenthesis. */
export function parseArguments(
  cursor: Cursor,
  context: ExpressionContext,
  fn: string,
): void {
  cursor.nested(() => {
    const inner = {
      ...context,
      nested: true,
      aliasEnds: false,
      item: undefined,
      fn,
      datePart: findDatePart(cursor, fn),
    };
    if (fn === 'EXTRACT' && /^(FROM|\()$/.test(cursor.peek(1).upper)) {
      cursor.named.add(cursor.next().start);
      if (cursor.isOp('(')) {
        cursor.skipBrackets();
      }
    }
    parseList(cursor, inner);
  });
  if (!cursor.takeOp(')')) {
    cursor.fail('a parenthesis is not closed');
  }
}

/** Reads expressions and the commas between them up to the closing bracket. */
export function parseList(cursor: Cursor, context: ExpressionContext): void {
  for (;;) {
    const shape = parseExpression(cursor, context);
    for (const ref of shape.bare) {
      ref.alone = true;
      if (context.fn === 'STRUCT') {
        ref.namesField = true;
      }
    }
    if (!cursor.takeOp(',')) {
      return;
    }
  }
}

/**
 * Reads one expression: up to a comma, a closing bracket, a semicolon, a
 * clause keyword (outside parentheses) or an alias (where asked).
 */
export function parseExpression(
  cursor: Cursor,
  given: ExpressionContext,
): ExpressionShape {
  const parameters = lambdaParameters(cursor);
  const context =
    parameters.length > 0
      ? { ...given, lambda: [...(given.lambda ?? []), ...parameters] }
      : given;
  const from = cursor.position;
  const shape: ExpressionShape = {
    bare: [],
    dynamic: false,
    branched: false,
    empty: true,
    fields: false,
  };
  let branch: ColumnRef | undefined;
  let branchSize = 0;
  let cases = 0;
  const endBranch = () => {
    if (branch && branchSize === 1) {
      shape.bare.push(branch);
    }
    branch = undefined;
    branchSize = 0;
  };
  while (!cursor.done) {
    const token = cursor.peek();
    if (token.boundary && cursor.position > from) {
      break;
    }
    if (token.kind === 'op' && /^[,)\];]$/.test(token.text)) {
      break;
    }
    if (token.afterTag && cursor.position > from) {
      endBranch();
      shape.branched = true;
    }
    if (token.kind === 'op') {
      branchSize += 1;
      if (token.text === '|>') {
        cursor.fail('pipe syntax is not followed', true);
        cursor.next();
      } else if (token.text === '(') {
        cursor.next();
        parseParenthesis(cursor, context);
      } else if (token.text === '[') {
        cursor.next();
        parseList(cursor, {
          ...context,
          nested: true,
          aliasEnds: false,
          item: undefined,
          fn: undefined,
        });
        cursor.expectOp(']');
      } else if (token.text === '.') {
        cursor.next();
        if (cursor.takeOp('*')) {
          shape.fields = true;
          break;
        }
        readPart(cursor, false);
      } else if (
        token.text === '*' &&
        context.nested &&
        /^[(,]$/.test(cursor.previous.text) &&
        context.fn !== 'COUNT'
      ) {
        const part = {
          value: '*',
          start: token.start,
          end: token.end,
          quoted: false,
        };
        pushRef(context, {
          parts: [part],
          start: token.start,
          end: token.end,
          indexed: false,
        });
        cursor.next();
      } else if (
        token.text === '::' ||
        (token.text === ':' && cursor.peek(1).glued)
      ) {
        if (cursor.dialect === 'bigquery' || !skipSuffixes(cursor, context)) {
          if (cursor.peek() === token) {
            cursor.next();
            if (token.text === ':') {
              cursor.next();
            }
          }
        }
      } else {
        cursor.next();
      }
    } else if (
      token.kind === 'word' ||
      token.kind === 'quoted' ||
      token.kind === 'hole' ||
      token.kind === 'expr'
    ) {
      if (
        token.kind === 'word' &&
        !context.nested &&
        CLAUSE_KEYWORDS.has(token.upper) &&
        !(cursor.peek(1).text === '.') &&
        !isFunctionWord(cursor)
      ) {
        break;
      }
      if (
        token.kind === 'word' &&
        !context.nested &&
        cases === 0 &&
        END_WORDS.has(token.upper)
      ) {
        break;
      }
      if (token.kind === 'word' && token.upper === 'CASE') {
        cases += 1;
      } else if (token.kind === 'word' && token.upper === 'END' && cases > 0) {
        cases -= 1;
      }
      if (
        token.kind === 'word' &&
        (token.upper === 'SELECT' || token.upper === 'WITH') &&
        context.nested
      ) {
        if (token.upper === 'SELECT' || cursor.position === from) {
          parseQuery(cursor, {
            role: context.fn === 'EXISTS' ? 'exists' : 'value',
            parent: context.scope,
            ctes: context.scope.ctes,
          });
          branchSize += 2;
          continue;
        }
      }
      if (
        context.aliasEnds &&
        (token.kind === 'word' || token.kind === 'quoted') &&
        !token.afterTag &&
        isOperandEnd(cursor, from) &&
        !NOT_AN_ITEM_ALIAS.has(token.upper)
      ) {
        break;
      }
      if (context.aliasEnds && token.upper === 'AS' && token.kind === 'word') {
        break;
      }
      expectOperator(cursor, from, context);
      branchSize += 1;
      const before = cursor.position;
      const text = token.text;
      const ref = parseName(cursor, context);
      if (token.kind === 'expr') {
        shape.dynamic = true;
        const alone = cursor.position === before + 1;
        context.scope.expressions.push({
          start: token.start,
          end: token.end,
          text,
          alone,
          item: context.item,
        });
      }
      branch = branchSize === 1 ? ref : undefined;
      if (cursor.position === before) {
        cursor.next();
      }
    } else {
      expectOperator(cursor, from, context);
      branchSize += 1;
      cursor.next();
    }
    shape.empty = false;
  }
  endBranch();
  return shape;
}

/** The names in front of `->`: `x -> ...` or `(x, y) -> ...`; nothing where no lambda begins here. */
function lambdaParameters(cursor: Cursor): string[] {
  const first = cursor.peek();
  if (first.kind === 'word' && cursor.peek(1).text === '->') {
    return [first.text.toLowerCase()];
  }
  if (first.text !== '(') {
    return [];
  }
  const names: string[] = [];
  for (let ahead = 1; ahead < 20; ahead += 2) {
    const name = cursor.peek(ahead);
    const after = cursor.peek(ahead + 1);
    if (name.kind !== 'word' || (after.text !== ',' && after.text !== ')')) {
      return [];
    }
    names.push(name.text.toLowerCase());
    if (after.text === ')') {
      return cursor.peek(ahead + 2).text === '->' ? names : [];
    }
  }
  return [];
}

/** LEFT(x, 2) and RIGHT(x, 2) are functions, not joins. */
function isFunctionWord(cursor: Cursor): boolean {
  return (
    /^(LEFT|RIGHT|OFFSET|WINDOW|INTO)$/.test(cursor.peek().upper) &&
    cursor.peek(1).text === '('
  );
}
