import { ResultTable } from '../warehouse/Warehouse';

/** How results are compared. */
export interface CompareOptions {
  /** Columns by their place alone: what an INSERT takes. */
  byPlace: boolean;
  /** Columns may have taken new names; those are compared in nothing but their number. */
  renamed: boolean;
  /** Rows must come in the same order. */
  ordered: boolean;
}

/** Relative difference of floating point numbers that counts as none. */
const TOLERANCE = 1e-9;
/** Rows that differ and are told. */
const TOLD = 3;
/** Rows that are paired to tell which columns differ; more would take long. */
const PAIRED = 200;
const SHOWN_CHARACTERS = 60;

/**
 * What is different in a result, as sentences; empty where it is the same:
 * the same columns, types and rows, each as often, in any order unless the
 * query orders them. Names that the query does not give are not compared.
 */
export function compareResults(
  before: ResultTable,
  after: ResultTable,
  options: CompareOptions,
): string[] {
  const pairs = pairColumns(before, after, options);
  if (pairs.problems.length > 0) return pairs.problems;
  const types = pairs.columns.flatMap(({ name, old, now }) => {
    const was = typeClass(before.types[old]);
    const is = typeClass(after.types[now]);
    return was === is ? [] : [`gives ${name} as ${is}, and gave it as ${was}`];
  });
  if (types.length > 0) return types;
  const columns = pairs.columns.map(({ name, old }) => ({
    name,
    quoted: /VARCHAR|BLOB|UUID|JSON/.test(before.types[old]),
  }));
  const olds = before.rows.map(row => pairs.columns.map(({ old }) => row[old]));
  const nows = after.rows.map(row => pairs.columns.map(({ now }) => row[now]));
  const counts =
    olds.length === nows.length
      ? []
      : [
          `gives ${countRows(nows.length)} of the samples, and gave ${countRows(
            olds.length,
          )}`,
        ];
  const rows = [...counts, ...rowDifferences(columns, olds, nows)];
  if (rows.length > 0 || !options.ordered) return rows;
  const moved = olds.findIndex((row, at) => !sameRow(row, nows[at]));
  return moved < 0
    ? []
    : [`gives its rows in another order, from row ${moved + 1} on`];
}

/** A column as it is told of. */
interface ShownColumn {
  name: string;
  /** Its values are texts, which are told in quotes. */
  quoted: boolean;
}

interface ColumnPair {
  name: string;
  old: number;
  now: number;
}

function pairColumns(
  before: ResultTable,
  after: ResultTable,
  { byPlace, renamed }: CompareOptions,
): { columns: ColumnPair[]; problems: string[] } {
  const olds = before.names.map(nameOf);
  const nows = after.names.map(nameOf);
  if (byPlace || renamed) {
    if (olds.length !== nows.length) {
      const problem = `gives ${nows.length} columns, and gave ${olds.length}`;
      return { columns: [], problems: [problem] };
    }
    const columns = olds.map((name, at) => ({
      name: name || `column ${at + 1}`,
      old: at,
      now: at,
    }));
    return {
      columns: renamed
        ? columns.filter(({ now, old }) => olds[old] === nows[now])
        : columns,
      problems: [],
    };
  }
  const free = new Set(nows.keys());
  const columns: ColumnPair[] = [];
  const problems: string[] = [];
  olds.forEach((name, old) => {
    const now = [...free].find(at => nows[at] === name);
    if (now === undefined) {
      problems.push(`gives no column ${name || 'without a name'} any more`);
      return;
    }
    free.delete(now);
    columns.push({ name: name || `column ${old + 1}`, old, now });
  });
  for (const at of free) {
    problems.push(
      `gives a column ${nows[at] || 'without a name'}, which it did not give`,
    );
  }
  return { columns, problems };
}

/** DuckDB names a column by its expression where the query does not: no name of the query. */
function nameOf(name: string): string {
  return /^[A-Za-z_][\w$]*$/.test(name) ? name.toLowerCase() : '';
}

/** Warehouses have one integer and one floating point type where DuckDB has many. */
function typeClass(type: string): string {
  return type
    .replace(/\b(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)\b/g, 'INTEGER')
    .replace(/\b(FLOAT|DOUBLE|DECIMAL\(\d+,\s*\d+\))/g, 'NUMBER');
}

function rowDifferences(
  columns: ShownColumn[],
  olds: unknown[][],
  nows: unknown[][],
): string[] {
  const { gone, added } = multisetDifference(olds, nows);
  const sentences: string[] = [];
  const alone = gone.length === 1 && added.length === 1;
  for (const row of gone) {
    const at = alone ? 0 : closest(row, added);
    if (at === undefined) {
      sentences.push(`does not give the row ${showRow(columns, row)} any more`);
      continue;
    }
    const [other] = added.splice(at, 1);
    sentences.push(showDifference(columns, row, other));
  }
  sentences.push(
    ...added.map(
      row => `gives the row ${showRow(columns, row)}, which it did not`,
    ),
  );
  const more = sentences.length - TOLD;
  return more > 0
    ? [...sentences.slice(0, TOLD), `differs in ${more} more rows`]
    : sentences;
}

/** Rows of the one that the other lacks, each as often as it does. */
function multisetDifference(olds: unknown[][], nows: unknown[][]) {
  const byKey = new Map<string, unknown[][]>();
  for (const row of nows) {
    const key = keyOf(row);
    byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const lacking = olds.filter(
    row => byKey.get(keyOf(row))?.pop() === undefined,
  );
  let added = [...byKey.values()].flat();
  // Numbers beside the edge of a rounding step have another key and are the same.
  const gone = lacking.filter(row => {
    if (added.length > PAIRED) return true;
    const at = added.findIndex(other => sameRow(row, other));
    if (at < 0) return true;
    added = added.filter((_row, index) => index !== at);
    return false;
  });
  return { gone, added };
}

function keyOf(row: unknown[]): string {
  return JSON.stringify(row, (_key, value) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(9))
      : value,
  );
}

function sameRow(a: unknown[], b: unknown[] | undefined): boolean {
  return b !== undefined && a.every((value, at) => sameValue(value, b[at]));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const numbers = [a, b].map(toNumber);
  if (numbers.every(each => each !== undefined)) {
    const [x, y] = numbers as number[];
    return (
      x === y ||
      Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x), Math.abs(y))
    );
  }
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(key =>
    sameValue(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
    ),
  );
}

/** Decimals come as text. */
function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+\.\d+$/.test(value)
    ? Number(value)
    : undefined;
}

/** The row that differs in the fewest columns, if it does not differ in all. */
function closest(row: unknown[], others: unknown[][]): number | undefined {
  let best: { at: number; same: number } | undefined;
  others.slice(0, PAIRED).forEach((other, at) => {
    const same = row.filter((value, i) => sameValue(value, other[i])).length;
    if (same > (best?.same ?? 0)) best = { at, same };
  });
  return best?.at;
}

function showDifference(
  columns: ShownColumn[],
  old: unknown[],
  now: unknown[],
): string {
  const cells = columns.map((column, at) => ({
    name: column.name,
    old: show(old[at], column),
    now: show(now[at], column),
    same: sameValue(old[at], now[at]),
  }));
  const changed = cells
    .filter(({ same }) => !same)
    .map(cell => `${cell.name} = ${cell.now}, and gave ${cell.old}`);
  const where = cells
    .filter(({ same }) => same)
    .map(cell => `${cell.name} = ${cell.old}`);
  return `gives ${changed.slice(0, 5).join('; ')}${
    where.length > 0 ? ` (where ${where.slice(0, 3).join(', ')})` : ''
  }`;
}

function showRow(columns: ShownColumn[], row: unknown[]): string {
  const cells = columns.map(
    (column, at) => `${column.name} = ${show(row[at], column)}`,
  );
  const more = cells.length - 8;
  return `(${cells.slice(0, 8).join(', ')}${more > 0 ? `, ${more} more` : ''})`;
}

function show(value: unknown, { quoted }: ShownColumn): string {
  if (value === null || value === undefined) return 'NULL';
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  const text =
    written.length > SHOWN_CHARACTERS
      ? `${written.slice(0, SHOWN_CHARACTERS)}…`
      : written;
  return quoted && typeof value === 'string' ? `'${text}'` : text;
}

function countRows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}
