import { Clause, ColumnRef, Item, Scope } from './ast';
import { Cursor } from './Cursor';
import {
  CLAUSE_KEYWORDS,
  DATE_PARTS,
  DATE_PART_FUNCTION,
  EXPRESSION_KEYWORDS,
  LITERAL_TYPES,
  NOT_AN_ITEM_ALIAS,
} from './keywords';
import { parseQuery } from './parseQuery';
import { addTable } from './parseFrom';
import { readPart, readPath } from './readName';

export interface ExpressionContext {
  scope: Scope;
  clause: Clause;
  /** Inside parentheses: clause keywords do not end the expression. */
  nested: boolean;
  /** A word behind an operand is an alias and ends the expression. */
  aliasEnds?: boolean;
  /** Upper-case name of the function whose argument this is. */
  fn?: string;
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

function skipType(cursor: Cursor): void {
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

/** Reads `::type`, `.field` behind a bracket, `:json.path` and the like. */
function skipSuffixes(cursor: Cursor, context: ExpressionContext): boolean {
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
      cursor.takeOp(']');
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

function pushRef(
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

/** Reads a function's arguments, with the cursor behind the opening parenthesis. */
function parseArguments(
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
    };
    if (fn === 'EXTRACT' && cursor.peek().kind === 'word') {
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

/** A date part that stands alone as an argument. */
function isDatePart(cursor: Cursor, context: ExpressionContext): boolean {
  const { kind, upper } = cursor.peek();
  if (kind !== 'word' || !DATE_PARTS.has(upper) || !context.fn) {
    return false;
  }
  const after = cursor.peek(1);
  return (
    DATE_PART_FUNCTION.test(context.fn) &&
    ((after.kind === 'op' && (after.text === ',' || after.text === ')')) ||
      (upper === 'WEEK' && after.text === '('))
  );
}

/** Reads what starts with a name: a column, a call, a literal with its type, a lambda. */
function parseName(
  cursor: Cursor,
  context: ExpressionContext,
): ColumnRef | undefined {
  const first = cursor.peek();
  if (first.kind === 'word') {
    const after = cursor.peek(1);
    if (isDatePart(cursor, context)) {
      cursor.named.add(cursor.next().start);
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
      cursor.next();
      skipType(cursor);
      cursor.takeOp('>');
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
    const name = path.parts[path.parts.length - 1].value?.toUpperCase() ?? '';
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
  while (bracketed && cursor.isOp('.')) {
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

function parseKeyword(cursor: Cursor, context: ExpressionContext): void {
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
function parseParenthesis(cursor: Cursor, context: ExpressionContext): void {
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
        cursor.takeOp(']');
      } else if (token.text === '.') {
        cursor.next();
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
