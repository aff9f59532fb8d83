import { Cte, CteScope, Item, Query, QueryRole, Scope, Star } from './ast';
import { nameKey } from './cteNames';
import { Cursor } from './Cursor';
import { parseExpression, parseList } from './parseExpression';
import { parseSources } from './parseFrom';
import { readPart, readPath } from './readName';

export interface QueryContext {
  role: QueryRole;
  parent?: Scope;
  ctes: CteScope;
}

export function newScope(
  cursor: Cursor,
  details: Pick<Scope, 'kind' | 'ctes' | 'parent' | 'query'>,
): Scope {
  const scope: Scope = {
    kind: details.kind,
    ctes: details.ctes,
    parent: details.parent,
    query: details.query,
    statement: cursor.statement,
    sources: [],
    items: [],
    refs: [],
    keyword: cursor.peek().text,
    start: cursor.peek().start,
    distinct: false,
    asStruct: false,
    expressions: [],
    windows: [],
  };
  cursor.tree.scopes.push(scope);
  return scope;
}

/** Reads `WITH a AS (...), b AS (...)` where it stands here. */
export function parseCtes(cursor: Cursor, context: QueryContext): CteScope {
  if (!cursor.isWord('WITH')) {
    return context.ctes;
  }
  cursor.next();
  const recursive = cursor.takeWord('RECURSIVE');
  return parseCteList(cursor, context, context.ctes, recursive);
}

/** Reads `a AS (...), b AS (...)`; each name is seen by the queries behind it. */
function parseCteList(
  cursor: Cursor,
  context: QueryContext,
  around: CteScope,
  recursive: boolean,
): CteScope {
  let ctes = around;
  for (;;) {
    const name = readPart(cursor, true)[0];
    if (!name) {
      return ctes;
    }
    if (name.value === undefined && cursor.takeOp(',')) {
      // a macro that writes a query of the WITH clause
      continue;
    }
    const cte: Cte = { name, columns: [], recursive };
    if (cursor.takeOp('(')) {
      while (!cursor.done && !cursor.isOp(')')) {
        const parts = readPart(cursor, false);
        cte.columns.push(...parts);
        if (parts.length === 0) {
          cursor.next();
        }
      }
      cursor.takeOp(')');
    }
    cursor.takeWord('AS');
    cursor.takeWord('NOT');
    cursor.takeWord('MATERIALIZED');
    if (!cursor.takeOp('(')) {
      cursor.fail('a WITH clause is not followed by its query');
      return ctes;
    }
    cursor.tree.ctes.push(cte);
    const key = nameKey(cte.name);
    const named: CteScope =
      key === undefined ? ctes : { ctes: new Map([[key, cte]]), parent: ctes };
    const visible = recursive ? named : ctes;
    cursor.nested(() => {
      cte.query = parseQuery(cursor, {
        role: 'cte',
        parent: context.parent,
        ctes: visible,
      });
    });
    if (!cursor.takeOp(')')) {
      cursor.fail('the query of a WITH clause is not closed');
      cursor.skipToClose();
      cursor.takeOp(')');
    }
    ctes = named;
    if (!cursor.takeOp(',')) {
      // a comma may be lost to a Jinja branch
      if (cursor.peek().afterTag && startsCte(cursor, 0)) {
        continue;
      }
      return ctes;
    }
    if (cursor.isWord('SELECT')) {
      return ctes;
    }
  }
}

/** Whether a macro begins a WITH clause that the text goes on with: `{{ ctes() }}, b AS (`. */
export const startsAtMacro = (cursor: Cursor): boolean =>
  cursor.peek().kind === 'expr' &&
  cursor.peek(1).text === ',' &&
  startsCte(cursor, 2);

/** Reads the rest of a WITH clause that a macro begins, and its query. */
export function parseBehindMacro(cursor: Cursor): void {
  cursor.next();
  cursor.next();
  const context: QueryContext = { role: 'top', ctes: { ctes: new Map() } };
  const ctes = parseCteList(cursor, context, context.ctes, false);
  parseQuery(cursor, { ...context, ctes });
}

/** Whether `name AS (` begins `ahead` tokens from here. */
function startsCte(cursor: Cursor, ahead: number): boolean {
  return (
    cursor.peek(ahead).kind === 'word' &&
    cursor.peek(ahead + 1).upper === 'AS' &&
    cursor.peek(ahead + 2).text === '('
  );
}

/** Reads a query with its WITH clause, set operations and ORDER BY. */
export function parseQuery(cursor: Cursor, context: QueryContext): Query {
  const query: Query = {
    role: context.role,
    scopes: [],
    combined: false,
    branched: false,
    start: cursor.peek().start,
    end: cursor.peek().start,
    statement: cursor.statement,
  };
  cursor.tree.queries.push(query);
  const ctes = parseCtes(cursor, context);
  parseBody(cursor, query, { ...context, ctes });
  query.combined = query.scopes.length > 1;
  query.end = cursor.previous.end;
  return query;
}

function takeSetOperator(cursor: Cursor): boolean {
  if (!cursor.takeWord('UNION', 'INTERSECT', 'EXCEPT', 'MINUS')) {
    return false;
  }
  cursor.takeWord('ALL', 'DISTINCT');
  if (cursor.takeWord('BY')) {
    cursor.takeWord('NAME');
  }
  if (cursor.takeWord('CORRESPONDING')) {
    if (cursor.takeWord('BY') && cursor.isOp('(')) {
      cursor.skipBrackets();
    }
  }
  return true;
}

function parseBody(cursor: Cursor, query: Query, context: QueryContext): void {
  for (;;) {
    if (cursor.isOp('(')) {
      cursor.next();
      cursor.nested(() => {
        const ctes = parseCtes(cursor, context);
        parseBody(cursor, query, { ...context, ctes });
      });
      if (!cursor.takeOp(')')) {
        cursor.fail('a parenthesis is not closed');
      }
    } else if (cursor.isWord('SELECT')) {
      parseSelect(cursor, query, context);
    } else if (cursor.isWord('VALUES')) {
      cursor.next();
      parseList(cursor, {
        scope: newScope(cursor, {
          kind: 'select',
          ctes: context.ctes,
          parent: context.parent,
          query,
        }),
        clause: 'other',
        nested: true,
      });
    } else if (cursor.isWord('FROM')) {
      const scope = newScope(cursor, {
        kind: 'select',
        ctes: context.ctes,
        parent: context.parent,
        query,
      });
      cursor.next();
      parseSources(cursor, scope, context.ctes);
      parseClauses(cursor, scope);
      if (cursor.isWord('SELECT', 'INSERT')) {
        cursor.fail('a query that begins with FROM is not followed');
      }
    } else if (cursor.peek().kind === 'expr') {
      // a macro that writes the query
      cursor.next();
    } else {
      return;
    }
    parseTail(cursor, query, context);
    if (takeSetOperator(cursor)) {
      continue;
    }
    // the other branch of a Jinja `if` is a query of its own
    const token = cursor.peek();
    if (
      !token.boundary &&
      token.afterTag &&
      (cursor.isWord('SELECT') || cursor.isOp('('))
    ) {
      query.branched = true;
      continue;
    }
    // WITH goes on in the other branch: `select * from a {% else %}, b as (...)`
    if (
      !token.boundary &&
      token.afterTag &&
      cursor.isOp(',') &&
      startsCte(cursor, 1)
    ) {
      cursor.next();
      query.branched = true;
      const ctes = parseCteList(cursor, context, context.ctes, false);
      parseBody(cursor, query, { ...context, ctes });
      return;
    }
    if (!token.boundary && token.afterTag && cursor.isWord('WITH')) {
      query.branched = true;
      const ctes = parseCtes(cursor, context);
      parseBody(cursor, query, { ...context, ctes });
    }
    return;
  }
}

/** ORDER BY, LIMIT and the like behind a query in parentheses or a set operation. */
function parseTail(cursor: Cursor, query: Query, context: QueryContext): void {
  while (cursor.isWord('ORDER', 'LIMIT', 'OFFSET', 'FETCH')) {
    const scope = newScope(cursor, {
      kind: 'dml',
      ctes: context.ctes,
      parent: undefined,
      query,
    });
    cursor.next();
    cursor.takeWord('BY');
    parseList(cursor, { scope, clause: 'order', nested: false });
  }
}

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
      cursor.skipToClose();
      cursor.takeOp(')');
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
  item.dynamic = shape.dynamic;
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

function parseItems(cursor: Cursor, scope: Scope): void {
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

const CLAUSE_OF: Record<
  string,
  'where' | 'group' | 'having' | 'qualify' | 'order' | 'other'
> = {
  WHERE: 'where',
  PREWHERE: 'where',
  GROUP: 'group',
  HAVING: 'having',
  QUALIFY: 'qualify',
  ORDER: 'order',
  CLUSTER: 'order',
  DISTRIBUTE: 'order',
  SORT: 'order',
  LIMIT: 'other',
  OFFSET: 'other',
  FETCH: 'other',
  START: 'where',
  CONNECT: 'where',
};

function parseWindows(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const name = cursor.next();
    cursor.named.add(name.start);
    scope.windows.push(name.text.toLowerCase());
    cursor.takeWord('AS');
    if (cursor.takeOp('(')) {
      parseList(cursor, { scope, clause: 'window', nested: true });
      cursor.takeOp(')');
    } else {
      cursor.next();
    }
    if (!cursor.takeOp(',')) {
      return;
    }
  }
}

/** Reads the clauses behind the select list. */
export function parseClauses(cursor: Cursor, scope: Scope): void {
  for (;;) {
    const token = cursor.peek();
    if (cursor.done || token.boundary) {
      return;
    }
    if (token.kind === 'expr') {
      // a macro that writes a whole clause
      cursor.next();
      scope.expressions.push({
        start: token.start,
        end: token.end,
        text: token.text,
        alone: true,
      });
      continue;
    }
    if (token.kind === 'hole') {
      cursor.next();
      continue;
    }
    if (token.kind === 'op' && token.text === '|>') {
      cursor.fail('pipe syntax is not followed', true);
      return;
    }
    if (
      token.kind === 'word' &&
      token.afterTag &&
      /^(AND|OR)$/.test(token.upper)
    ) {
      cursor.next();
      parseExpression(cursor, { scope, clause: 'where', nested: false });
      continue;
    }
    if (token.kind !== 'word') {
      return;
    }
    if (token.upper === 'FROM') {
      cursor.next();
      parseSources(cursor, scope, scope.ctes);
    } else if (
      token.afterTag &&
      /^(JOIN|INNER|LEFT|RIGHT|FULL|CROSS)$/.test(token.upper)
    ) {
      parseSources(cursor, scope, scope.ctes);
      if (cursor.peek() === token) {
        return;
      }
    } else if (token.upper === 'WINDOW') {
      cursor.next();
      parseWindows(cursor, scope);
    } else if (CLAUSE_OF[token.upper]) {
      cursor.next();
      cursor.takeWord('BY');
      cursor.takeWord('WITH');
      cursor.takeWord('ALL');
      parseList(cursor, {
        scope,
        clause: CLAUSE_OF[token.upper],
        nested: false,
      });
    } else if (token.upper === 'INTO') {
      cursor.next();
      readPath(cursor, true);
    } else {
      return;
    }
  }
}

function parseSelect(
  cursor: Cursor,
  query: Query,
  context: QueryContext,
): void {
  const scope = newScope(cursor, {
    kind: 'select',
    ctes: context.ctes,
    parent: context.parent,
    query,
  });
  query.scopes.push(scope);
  cursor.next();
  if (
    cursor.isWord('WITH') &&
    cursor.peek(1).upper === 'DIFFERENTIAL_PRIVACY'
  ) {
    cursor.next();
    cursor.next();
    if (cursor.takeWord('OPTIONS')) {
      cursor.skipBrackets();
    }
  }
  if (cursor.takeWord('DISTINCT')) {
    scope.distinct = true;
    if (cursor.isWord('ON') && cursor.peek(1).text === '(') {
      cursor.next();
      cursor.next();
      parseList(cursor, { scope, clause: 'where', nested: true });
      cursor.takeOp(')');
    }
  } else {
    cursor.takeWord('ALL');
  }
  if (cursor.isWord('TOP') && cursor.peek(1).kind === 'number') {
    cursor.next();
    cursor.next();
  }
  if (cursor.isWord('AS') && /^(STRUCT|VALUE)$/.test(cursor.peek(1).upper)) {
    cursor.next();
    scope.asStruct = cursor.next().upper === 'STRUCT';
  }
  parseItems(cursor, scope);
  parseClauses(cursor, scope);
}
