import { Cursor } from './Cursor';
import { CteScope, JoinKind, NamePart, Scope, Source } from './ast';
import { parseExpression } from './parseExpression';
import { mayBeAlias, newSource, parseSource } from './parseSource';
import { readPart } from './readName';

/** Reads a join's words; undefined where no join follows. */
function parseJoinWords(
  cursor: Cursor,
): { kind: JoinKind; natural?: boolean } | undefined {
  // behind a Jinja tag, `, b as (` goes on with WITH
  const continuesWith =
    cursor.peek().afterTag &&
    cursor.peek(2).upper === 'AS' &&
    cursor.peek(3).text === '(';
  if (!continuesWith && cursor.takeOp(',')) {
    return { kind: 'cross' };
  }
  const before = cursor.position;
  let kind: JoinKind = 'inner';
  let natural = false;
  while (
    cursor.isWord(
      'NATURAL',
      'INNER',
      'LEFT',
      'RIGHT',
      'FULL',
      'OUTER',
      'CROSS',
      'ANTI',
      'SEMI',
      'ASOF',
      'GLOBAL',
      'POSITIONAL',
    )
  ) {
    const word = cursor.next().upper;
    if (
      word === 'LEFT' ||
      word === 'RIGHT' ||
      word === 'FULL' ||
      word === 'CROSS'
    ) {
      kind = word.toLowerCase() as JoinKind;
    }
    if (word === 'NATURAL') {
      natural = true;
    }
  }
  if (cursor.takeWord('JOIN')) {
    cursor.takeWord('EACH');
    return { kind, natural };
  }
  if (cursor.isWord('LATERAL')) {
    return { kind: 'cross' };
  }
  cursor.position = before;
  return undefined;
}

function parseUsing(cursor: Cursor, source: Source): void {
  const { start } = cursor.previous;
  if (!cursor.takeOp('(')) {
    return;
  }
  const names: NamePart[] = [];
  while (!cursor.done && !cursor.isOp(')')) {
    const parts = readPart(cursor, false);
    names.push(...parts);
    if (parts.length === 0) {
      cursor.next();
    }
  }
  cursor.takeOp(')');
  source.using = { names, start, end: cursor.previous.end };
}

/** Reads the sources of a FROM clause and their join conditions, with the cursor behind FROM. */
export function parseSources(
  cursor: Cursor,
  scope: Scope,
  ctes: CteScope,
): void {
  let join: ReturnType<typeof parseJoinWords>;
  let last: Source | undefined;
  for (;;) {
    const before = cursor.position;
    const source = parseSource(cursor, scope, ctes);
    if (source) {
      source.join = join?.kind;
      source.natural = join?.natural;
      scope.sources.push(source);
      last = source;
    }
    // one ON or USING per pending join: `a JOIN b JOIN c ON .. ON ..`
    for (;;) {
      if (cursor.takeWord('ON')) {
        parseExpression(cursor, { scope, clause: 'from', nested: false });
      } else if (cursor.takeWord('USING')) {
        parseUsing(cursor, last ?? newSource('opaque', 0));
      } else {
        break;
      }
    }
    join = parseJoinWords(cursor);
    if (join === undefined) {
      const token = cursor.peek();
      const branch =
        token.afterTag &&
        !token.boundary &&
        cursor.position > before &&
        (token.kind === 'expr' ||
          token.kind === 'quoted' ||
          (token.kind === 'word' && mayBeAlias(cursor)));
      if (!branch) {
        return;
      }
      join = { kind: 'cross' };
    }
  }
}
