import { HOLE } from '../tokens/tokenize';
import { NamePart } from './ast';
import { Cursor, SqlToken } from './Cursor';

const COMPUTED = new RegExp(`\\{\\{[^]*?\\}\\}|${HOLE}+`, 'g');

/** Literal pieces of a text that may hold Jinja expressions or placeholders. */
function piecesOf(text: string): (string | undefined)[] {
  if (!text.includes('{{') && !text.includes(HOLE)) {
    return [text];
  }
  const pieces: (string | undefined)[] = [];
  let at = 0;
  for (const match of text.matchAll(COMPUTED)) {
    if (match.index! > at) {
      pieces.push(text.slice(at, match.index));
    }
    pieces.push(undefined);
    at = match.index! + match[0].length;
  }
  if (at < text.length) {
    pieces.push(text.slice(at));
  }
  return pieces;
}

function partOf(
  pieces: (string | undefined)[],
  start: number,
  end: number,
  quoted: boolean,
): NamePart {
  if (pieces.every(piece => piece !== undefined)) {
    return { value: pieces.join(''), start, end, quoted };
  }
  return { value: undefined, pieces, start, end, quoted };
}

/** Splits the text between quotes at its dots; a dot inside Jinja does not count. */
function splitQuoted(token: SqlToken): NamePart[] {
  const inner = token.text.slice(1, -1);
  const masked = inner.replace(COMPUTED, hole => '\uE000'.repeat(hole.length));
  const parts: NamePart[] = [];
  let at = 0;
  const push = (end: number) => {
    const start = token.start + 1;
    const raw = inner.slice(at, end);
    const from = at + raw.length - raw.trimStart().length;
    const to = Math.max(from, at + raw.trimEnd().length);
    parts.push(
      partOf(piecesOf(inner.slice(from, to)), start + from, start + to, false),
    );
    at = end + 1;
  };
  // `domain.com:project.dataset.table` has a dot before the colon
  const from = Math.max(masked.indexOf(':'), 0);
  for (
    let dot = masked.indexOf('.', from);
    dot >= 0;
    dot = masked.indexOf('.', at)
  ) {
    push(dot);
  }
  push(inner.length);
  return parts;
}

const startsName = (token: SqlToken) =>
  token.kind === 'word' ||
  token.kind === 'quoted' ||
  token.kind === 'expr' ||
  token.kind === 'hole';

/** What may be glued to the start of a name: `users_{{ version }}`, `my-project-1`, `events_*`. */
function continuesName(
  cursor: Cursor,
  token: SqlToken,
  table: boolean,
): boolean {
  if (!token.glued) {
    return false;
  }
  if (token.kind === 'expr' || token.kind === 'hole') {
    return true;
  }
  if (token.kind === 'word' || token.kind === 'number') {
    const before = cursor.previous;
    return (
      before.kind === 'expr' ||
      before.kind === 'hole' ||
      (table && before.kind === 'op' && before.text === '-')
    );
  }
  if (table && token.kind === 'op' && cursor.dialect === 'bigquery') {
    const after = cursor.peek(1);
    return (
      (token.text === '-' &&
        after.glued &&
        (after.kind === 'word' ||
          after.kind === 'number' ||
          after.kind === 'hole' ||
          after.kind === 'expr')) ||
      token.text === '*'
    );
  }
  return false;
}

/**
 * Reads one part of a dotted name, or several where quotes hold dots; nothing
 * where no name starts here.
 */
export function readPart(cursor: Cursor, table: boolean): NamePart[] {
  const first = cursor.peek();
  if (!startsName(first)) {
    return [];
  }
  cursor.next();
  cursor.named.add(first.start);
  if (first.kind === 'quoted' && !continuesName(cursor, cursor.peek(), table)) {
    if (table) {
      const parts = splitQuoted(first);
      if (parts.length > 1) {
        return parts;
      }
    }
    const inner = partOf(
      piecesOf(first.text.slice(1, -1)),
      first.start + 1,
      first.end - 1,
      true,
    );
    return [inner];
  }
  if (first.kind === 'word' && !continuesName(cursor, cursor.peek(), table)) {
    return [
      { value: first.text, start: first.start, end: first.end, quoted: false },
    ];
  }
  const pieces: (string | undefined)[] = [];
  const push = (token: SqlToken) => {
    if (token.kind === 'expr' || token.kind === 'hole') {
      pieces.push(undefined);
    } else {
      pieces.push(
        ...piecesOf(
          token.kind === 'quoted' ? token.text.slice(1, -1) : token.text,
        ),
      );
    }
  };
  push(first);
  let { end } = first;
  while (continuesName(cursor, cursor.peek(), table)) {
    const token = cursor.next();
    push(token);
    end = token.end;
  }
  const part = partOf(pieces, first.start, end, false);
  if (part.value === undefined && first.end === end) {
    part.written = first.text;
  }
  return [part];
}

export interface Path {
  parts: NamePart[];
  start: number;
  end: number;
  /** Where the last part ends in a star: `u.*`. */
  star: boolean;
}

/** Reads `a.b.c`; undefined where no name starts here. */
export function readPath(cursor: Cursor, table: boolean): Path | undefined {
  const { start } = cursor.peek();
  const parts = readPart(cursor, table);
  if (parts.length === 0) {
    return undefined;
  }
  let star = false;
  while (
    (cursor.isOp('.') ||
      (table &&
        cursor.isOp(':') &&
        cursor.peek().glued &&
        cursor.peek(1).glued)) &&
    !star
  ) {
    const after = cursor.peek(1);
    if (after.kind === 'op' && after.text === '*') {
      cursor.next();
      const token = cursor.next();
      if (table) {
        parts.push({
          value: '*',
          start: token.start,
          end: token.end,
          quoted: false,
        });
      }
      star = true;
    } else if (startsName(after) || (after.kind === 'number' && after.glued)) {
      cursor.next();
      if (after.kind === 'number') {
        cursor.next();
        parts.push({
          value: after.text,
          start: after.start,
          end: after.end,
          quoted: false,
        });
      } else {
        parts.push(...readPart(cursor, table));
      }
    } else {
      break;
    }
  }
  return { parts, start, end: cursor.previous.end, star };
}
