/**
 * Replaces calls of a function in a text in SQL, inner ones first. Strings and
 * quoted names are passed over.
 *
 * @param name - upper case
 * @param write - given the arguments as written; undefined leaves the call
 */
export function replaceCalls(
  sql: string,
  name: string,
  write: (args: string[]) => string | undefined,
): string {
  let result = '';
  let at = 0;
  while (at < sql.length) {
    const skipped = endOfQuoted(sql, at);
    if (skipped > at) {
      result += sql.slice(at, skipped);
      at = skipped;
      continue;
    }
    const word = /^[A-Za-z_]\w*/.exec(sql.slice(at, at + 64))?.[0];
    if (word === undefined) {
      result += sql[at];
      at += 1;
      continue;
    }
    const open = at + word.length;
    const isCall = sql[open] === '(' && sql[at - 1] !== '.';
    if (word.toUpperCase() !== name || !isCall) {
      result += word;
      at = open;
      continue;
    }
    const { args, end } = readArguments(sql, open);
    const inner = args.map(each => replaceCalls(each, name, write));
    result += write(inner) ?? `${word}(${inner.join(', ')})`;
    at = end;
  }
  return result;
}

function readArguments(
  sql: string,
  open: number,
): { args: string[]; end: number } {
  const args: string[] = [];
  let depth = 0;
  let from = open + 1;
  let at = open;
  while (at < sql.length) {
    const skipped = endOfQuoted(sql, at);
    if (skipped > at) {
      at = skipped;
      continue;
    }
    if (/[([{]/.test(sql[at])) depth += 1;
    if (/[)\]}]/.test(sql[at])) depth -= 1;
    if (depth === 0 || (depth === 1 && sql[at] === ',')) {
      args.push(sql.slice(from, at).trim());
      from = at + 1;
    }
    at += 1;
    if (depth === 0) break;
  }
  return { args, end: at };
}

/** Where a string or quoted name that begins here ends; the same offset where none begins. */
function endOfQuoted(sql: string, at: number): number {
  const mark = sql[at];
  if (mark !== "'" && mark !== '"') return at;
  for (let i = at + 1; i < sql.length; i += 1) {
    if (sql[i] !== mark) continue;
    if (sql[i + 1] !== mark) return i + 1;
    i += 1;
  }
  return sql.length;
}
