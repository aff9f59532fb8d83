import { ColumnType, valueOf } from './columnTypes';

/** Rows in one INSERT. */
const BATCH = 100;

/** Statements that make a table of columns and rows, in DuckDB's SQL. */
export function writeTable(
  name: string,
  columns: Map<string, ColumnType>,
  rows: ReadonlyArray<Record<string, unknown>>,
): string[] {
  const definitions = [...columns].map(
    ([column, type]) => `${quoteName(column)} ${typeText(type)}`,
  );
  const statements = [`CREATE TABLE ${name} (${definitions.join(', ')})`];
  // Cast by column: DuckDB takes milliseconds for each time stamp that stands alone.
  const casts = [...columns.values()].map(
    (type, at) => `CAST(c${at} AS ${typeText(type)})`,
  );
  const names = casts.map((_cast, at) => `c${at}`).join(', ');
  for (let at = 0; at < rows.length; at += BATCH) {
    const values = rows
      .slice(at, at + BATCH)
      .map(
        row =>
          `(${[...columns]
            .map(([column, type]) => literal(valueOf(row, column), type))
            .join(', ')})`,
      );
    statements.push(
      `INSERT INTO ${name} SELECT ${casts.join(
        ', ',
      )} FROM (VALUES ${values.join(', ')}) AS v(${names})`,
    );
  }
  return statements;
}

export function quoteName(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

function typeText(type: ColumnType): string {
  if (type.kind === 'scalar') return type.name;
  if (type.kind === 'list') return `${typeText(type.of)}[]`;
  const fields = [...type.fields].map(
    ([name, of]) => `${quoteName(name)} ${typeText(of)}`,
  );
  return `STRUCT(${fields.join(', ')})`;
}

/** A value whose leaves are texts. */
function literal(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return 'NULL';
  if (type.kind === 'list' && Array.isArray(value)) {
    return `[${value.map(item => literal(item, type.of)).join(', ')}]`;
  }
  if (type.kind === 'struct' && typeof value === 'object') {
    const fields = [...type.fields].map(
      ([name, of]) =>
        `${quoteText(name)}: ${literal(
          valueOf(value as Record<string, unknown>, name),
          of,
        )}`,
    );
    return `{${fields.join(', ')}}`;
  }
  return quoteText(
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  );
}

function quoteText(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
