import { Cursor } from './Cursor';
import { addTable } from './addTable';
import { CteScope, Scope, Source, TableRef } from './ast';
import { NOT_A_SOURCE_ALIAS, SOURCE_WORDS } from './keywords';
import { parseExpression, parseList } from './parseExpression';
import { opensQuery, parseQuery } from './parseQuery';
import { parseSources } from './parseSources';
import { readPart, readPath } from './readName';

/** `[project:dataset.table]` of legacy SQL, with the cursor on the bracket. */
function parseLegacyTable(cursor: Cursor, scope: Scope): TableRef | undefined {
  const { start } = cursor.next();
  const path = readPath(cursor, true);
  const { end } = cursor.peek();
  while (!cursor.done && !cursor.isOp(']')) {
    cursor.next();
  }
  cursor.takeOp(']');
  if (!path) {
    return undefined;
  }
  const table = addTable(cursor, path, {
    use: 'from',
    access: 'read',
    scope,
    legacy: true,
  });
  table.start = start;
  table.end = end;
  return table;
}

/** Whether the word that stands here may be an alias without AS. */
export function mayBeAlias(cursor: Cursor): boolean {
  const { upper } = cursor.peek();
  return (
    !NOT_A_SOURCE_ALIAS.has(upper) &&
    !SOURCE_WORDS[upper]?.test(cursor.peek(1).upper || cursor.peek(1).text)
  );
}

/** Reads `[AS] alias [(columns)]`. */
export function parseSourceAlias(cursor: Cursor, source: Source): void {
  const token = cursor.peek();
  if (token.afterTag && !cursor.isWord('AS')) {
    return;
  }
  if (cursor.takeWord('AS')) {
    source.alias = readPart(cursor, false)[0];
  } else if (
    token.kind === 'quoted' ||
    (token.kind === 'word' && mayBeAlias(cursor)) ||
    (token.kind === 'word' &&
      token.upper === 'OFFSET' &&
      cursor.previous.upper === 'WITH')
  ) {
    source.alias = readPart(cursor, false)[0];
  }
  if (source.alias && cursor.isOp('(')) {
    cursor.next();
    for (;;) {
      source.columnAliases.push(...readPart(cursor, false));
      if (!cursor.takeOp(',')) {
        break;
      }
    }
    cursor.expectOp(')');
  }
}

/** Reads what may stand behind a source: sampling, time travel, PIVOT, WITH OFFSET. */
function parseSourceSuffixes(
  cursor: Cursor,
  source: Source,
  scope: Scope,
): void {
  for (;;) {
    if (cursor.isWord('FOR') && cursor.peek(1).upper.startsWith('SYSTEM')) {
      cursor.next();
      cursor.next();
      cursor.takeWord('AS');
      cursor.takeWord('OF');
      parseExpression(cursor, {
        scope,
        clause: 'from',
        nested: false,
        aliasEnds: true,
      });
    } else if (
      cursor.isWord('TABLESAMPLE') ||
      (cursor.isWord('SAMPLE') && !mayBeAlias(cursor))
    ) {
      skipSample(cursor);
    } else if (cursor.isWord('PIVOT', 'UNPIVOT', 'MATCH_RECOGNIZE')) {
      source.reshaped = true;
      cursor.next();
      if (cursor.takeWord('INCLUDE', 'EXCLUDE')) {
        cursor.takeWord('NULLS');
      }
      cursor.skipForeignNames();
      parseSourceAlias(cursor, source);
    } else if (cursor.isWord('WITH') && cursor.peek(1).upper === 'OFFSET') {
      cursor.next();
      cursor.next();
      if (cursor.takeWord('AS')) {
        cursor.named.add(cursor.next().start);
      } else if (cursor.peek().kind === 'word' && mayBeAlias(cursor)) {
        cursor.next();
      }
    } else if (cursor.isWord('WITH') && cursor.peek(1).upper === 'ORDINALITY') {
      cursor.position += 2;
      parseSourceAlias(cursor, source);
    } else if (
      cursor.isWord('AT', 'BEFORE', 'CHANGES') &&
      cursor.peek(1).text === '('
    ) {
      cursor.next();
      cursor.skipBrackets();
    } else {
      return;
    }
  }
}

/** `TABLESAMPLE SYSTEM (10 PERCENT) REPEATABLE (1)` and the like, with the cursor on the first word. */
function skipSample(cursor: Cursor): void {
  cursor.next();
  if (cursor.peek().kind === 'word') {
    cursor.next();
  }
  if (cursor.isOp('(')) {
    cursor.skipBrackets();
  } else {
    cursor.failAt('how much is sampled is expected');
  }
  if (cursor.takeWord('REPEATABLE', 'SEED') && cursor.isOp('(')) {
    cursor.skipBrackets();
  }
}

export function newSource(kind: Source['kind'], start: number): Source {
  return {
    kind,
    start,
    end: start,
    nameEnd: start,
    columnAliases: [],
    reshaped: false,
  };
}

function parseUnnest(cursor: Cursor, scope: Scope): Source {
  const source = newSource('unnest', cursor.next().start);
  if (cursor.takeOp('(')) {
    const shape = parseExpression(cursor, {
      scope,
      clause: 'from',
      nested: true,
    });
    if (cursor.isOp(',')) {
      cursor.next();
      parseList(cursor, { scope, clause: 'from', nested: true });
    } else if (shape.bare.length === 1) {
      source.path = shape.bare[0];
    }
    if (!cursor.takeOp(')')) {
      cursor.fail('a parenthesis is not closed');
    }
  }
  return source;
}

/** A parenthesis in FROM is a subquery or a join of its own. */
function parseParenthesis(
  cursor: Cursor,
  scope: Scope,
  ctes: CteScope,
  lateral: boolean,
): Source | undefined {
  const isQuery = opensQuery(cursor);
  const { start } = cursor.next();
  const source = newSource('query', start);
  if (isQuery) {
    cursor.nested(() => {
      source.query = parseQuery(cursor, {
        role: 'derived',
        parent: lateral ? scope : scope.parent,
        ctes,
      });
    });
    if (!cursor.takeOp(')')) {
      cursor.fail('a subquery is not closed');
    }
    return source;
  }
  cursor.nested(() => parseSources(cursor, scope, ctes));
  if (!cursor.takeOp(')')) {
    cursor.fail('a parenthesis is not closed');
  }
  return undefined;
}

export function parseSource(
  cursor: Cursor,
  scope: Scope,
  ctes: CteScope,
): Source | undefined {
  let lateral = false;
  let view = false;
  while (cursor.isWord('LATERAL')) {
    cursor.next();
    if (cursor.takeWord('VIEW')) {
      cursor.takeWord('OUTER');
      view = true;
    }
    lateral = true;
  }
  const token = cursor.peek();
  let source: Source | undefined;
  if (cursor.isOp('(')) {
    source = parseParenthesis(cursor, scope, ctes, lateral);
    if (!source) {
      // the sources of a join in parentheses are already in the scope
      parseSourceAlias(cursor, newSource('opaque', token.start));
      return undefined;
    }
  } else if (cursor.isWord('UNNEST') && cursor.peek(1).text === '(') {
    source = parseUnnest(cursor, scope);
  } else if (cursor.isOp('[') && cursor.dialect === 'bigquery') {
    source = newSource('table', token.start);
    source.table = parseLegacyTable(cursor, scope);
  } else if (cursor.isWord('VALUES')) {
    source = newSource('opaque', token.start);
    cursor.next();
    parseList(cursor, {
      scope,
      clause: 'from',
      nested: false,
      aliasEnds: true,
    });
  } else {
    const path = readPath(cursor, true);
    if (!path) {
      return undefined;
    }
    if (cursor.isOp('(') && !cursor.peek().afterTag) {
      source = newSource('opaque', token.start);
      cursor.tree.functions.push({
        parts: path.parts,
        start: path.start,
        end: path.end,
      });
      cursor.next();
      const fn = path.parts[path.parts.length - 1].value?.toUpperCase() ?? '';
      cursor.nested(() =>
        parseList(cursor, { scope, clause: 'from', nested: true, fn }),
      );
      if (!cursor.takeOp(')')) {
        cursor.fail('a parenthesis is not closed');
      }
    } else {
      source = newSource('table', token.start);
      source.table = addTable(cursor, path, {
        use: 'from',
        access: 'read',
        scope,
      });
    }
  }
  source.nameEnd = cursor.previous.end;
  parseSourceSuffixes(cursor, source, scope);
  if (!source.alias) {
    parseSourceAlias(cursor, source);
  }
  parseSourceSuffixes(cursor, source, scope);
  if (view && cursor.takeWord('AS')) {
    // `LATERAL VIEW explode(m) x AS k, v`
    do {
      source.columnAliases.push(...readPart(cursor, false));
    } while (cursor.takeOp(','));
  }
  source.end = cursor.previous.end;
  return source;
}
