import { Cursor } from './Cursor';
import { Query } from './ast';
import { QueryContext, newScope } from './newScope';
import { parseClauses } from './parseClauses';
import { parseCteList, parseCtes, startsCte } from './parseCtes';
import { parseList } from './parseExpression';
import { parseSources } from './parseSources';
import { parseItems } from './parseItems';

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

/** Whether a query begins behind the parentheses that open here. */
export function opensQuery(cursor: Cursor): boolean {
  let ahead = 0;
  while (cursor.peek(ahead).text === '(') {
    ahead += 1;
  }
  const { kind, upper } = cursor.peek(ahead);
  return kind === 'word' && /^(SELECT|WITH|VALUES|FROM)$/.test(upper);
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
    } else if (/^(expr|hole)$/.test(cursor.peek().kind)) {
      // a macro that writes the query
      cursor.next();
    } else {
      if (!cursor.cut) {
        cursor.failAt('a query is expected');
      }
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
      cursor.expectOp(')');
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
