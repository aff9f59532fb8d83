import type { SqlDialect } from '@skein/mapping-rewriter';
import { replaceCalls } from './replaceCalls';

/** The translation that is used. */
export type Transpile = (
  sql: string,
  from: string,
  to: string,
) => { success: boolean; sql?: string[]; error?: string | null };

/** Of what comes from BigQuery, the dialect that these were seen in. */
const corrections: Array<(sql: string) => string> = [
  // REGEXP_CONTAINS looks for the pattern anywhere.
  calls('REGEXP_FULL_MATCH', args => `REGEXP_MATCHES(${args.join(', ')})`),
  // DuckDB's FORMAT has another kind of placeholder, and would give the pattern itself.
  calls('FORMAT', args => `PRINTF(${args.join(', ')})`),
  // DATE(timestamp, zone); what parses a text has a year before it.
  calls('STRPTIME', ([value, zone, ...more]) =>
    more.length === 0 && zone !== undefined && !value.startsWith("'1970 '")
      ? `CAST(${value} AS TIMESTAMPTZ) AT TIME ZONE ${zone}`
      : undefined,
  ),
  calls('DATE_TRUNC', ([part, ...more]) =>
    /^'(WEEK\(\w+\)|ISOWEEK)'$/i.test(part)
      ? `DATE_TRUNC('WEEK', ${more.join(', ')})`
      : undefined,
  ),
  calls('EXTRACT', ([what]) => {
    const date = /^DATE FROM ([^]+)$/i.exec(what);
    return date ? `CAST(${date[1]} AS DATE)` : undefined;
  }),
  // Elements come in the order of the aggregate, so its limit is a slice.
  calls('ARRAY_AGG', args => {
    const limit = /^([^]*\S)\s+LIMIT\s+(\d+)$/i.exec(args.join(', '));
    return limit ? `(ARRAY_AGG(${limit[1]}))[:${limit[2]}]` : undefined;
  }),
  calls('FARM_FINGERPRINT', ([value]) => `CAST(HASH(${value}) >> 1 AS BIGINT)`),
  calls('IEEE_DIVIDE', ([a, b]) => `(${a} / CAST(${b} AS DOUBLE))`),
  calls('DATE_FROM_UNIX_DATE', ([days]) => `(DATE '1970-01-01' + ${days})`),
  // An interval of a column's length.
  sql =>
    sql.replace(/\bINTERVAL ([A-Za-z_][\w.]*) ([A-Z]+)\b/g, 'INTERVAL ($1) $2'),
  // UNNEST in a LEFT JOIN needs no condition elsewhere.
  sql =>
    sql.replace(
      /(\bLEFT JOIN UNNEST\([^()]*\) AS \w+\(\w+\))(?!\s+ON\b)/g,
      '$1 ON TRUE',
    ),
];

/**
 * A query in DuckDB's SQL.
 *
 * The translation is polyglot's, a maintained library; see ADR 0004 for what
 * it was tried on. The table above mends what it gets wrong in a way that
 * DuckDB would run, or leaves and DuckDB lacks. Old and new text go the same
 * way, so a function that is a little different there is so in both.
 *
 * @throws Error that says why there is none
 */
export function toDuckDb(
  sql: string,
  dialect: SqlDialect,
  transpile: Transpile,
): string {
  const result = transpile(sql, dialect, 'duckdb');
  if (!result.success || !result.sql) {
    throw new Error(
      `it cannot be translated for DuckDB: ${firstLine(result.error)}`,
    );
  }
  const statements = result.sql.filter(each => each.trim() !== '');
  if (statements.length !== 1) {
    throw new Error('it cannot be translated for DuckDB as one query');
  }
  return dialect === 'bigquery'
    ? corrections.reduce((text, correct) => correct(text), statements[0])
    : statements[0];
}

function calls(
  name: string,
  write: (args: string[]) => string | undefined,
): (sql: string) => string {
  return sql => replaceCalls(sql, name, write);
}

function firstLine(text: string | null | undefined): string {
  return (text ?? 'no reason is given').split('\n')[0].slice(0, 300);
}
