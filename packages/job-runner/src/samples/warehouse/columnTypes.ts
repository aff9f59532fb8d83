/** Type of a column as DuckDB knows it. */
export type ColumnType =
  | { kind: 'scalar'; name: string }
  | { kind: 'list'; of: ColumnType }
  | { kind: 'struct'; fields: Map<string, ColumnType> };

/** Of warehouses to DuckDB's; what is not here is text. */
const scalars: Record<string, string> = {
  INT64: 'BIGINT',
  INT: 'BIGINT',
  INTEGER: 'BIGINT',
  BIGINT: 'BIGINT',
  SMALLINT: 'BIGINT',
  TINYINT: 'BIGINT',
  BYTEINT: 'BIGINT',
  NUMBER: 'DECIMAL(38,9)',
  FLOAT64: 'DOUBLE',
  FLOAT: 'DOUBLE',
  DOUBLE: 'DOUBLE',
  'DOUBLE PRECISION': 'DOUBLE',
  REAL: 'DOUBLE',
  NUMERIC: 'DECIMAL(38,9)',
  DECIMAL: 'DECIMAL(38,9)',
  BIGNUMERIC: 'DECIMAL(38,18)',
  BIGDECIMAL: 'DECIMAL(38,18)',
  BOOL: 'BOOLEAN',
  BOOLEAN: 'BOOLEAN',
  BYTES: 'BLOB',
  BINARY: 'BLOB',
  VARBINARY: 'BLOB',
  BYTEA: 'BLOB',
  DATE: 'DATE',
  TIME: 'TIME',
  DATETIME: 'TIMESTAMP',
  TIMESTAMP_NTZ: 'TIMESTAMP',
  'TIMESTAMP WITHOUT TIME ZONE': 'TIMESTAMP',
  TIMESTAMP: 'TIMESTAMPTZ',
  TIMESTAMPTZ: 'TIMESTAMPTZ',
  TIMESTAMP_TZ: 'TIMESTAMPTZ',
  TIMESTAMP_LTZ: 'TIMESTAMPTZ',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMPTZ',
  JSON: 'JSON',
  JSONB: 'JSON',
  UUID: 'UUID',
};

const text: ColumnType = { kind: 'scalar', name: 'VARCHAR' };
const RECORD = /^(STRUCT|RECORD)$/;

/**
 * The columns of a table.
 *
 * @param declared - dotted field path to type, as schemas have it; what it does not list is told by the rows
 */
export function columnTypesOf(
  declared: Record<string, string>,
  rows: ReadonlyArray<Record<string, unknown>>,
): Map<string, ColumnType> {
  const paths = Object.entries(declared).map(
    ([path, type]) => [path.toLowerCase(), type] as const,
  );
  const columns = fieldsOf(paths);
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      const key = name.toLowerCase();
      if (columns.has(key)) continue;
      const seen = rows.map(each => valueOf(each, key));
      columns.set(key, inferAll(seen));
    }
  }
  return columns;
}

/** The value of a column, whatever the case of its name. */
export function valueOf(row: Record<string, unknown>, name: string): unknown {
  const key = Object.keys(row).find(each => each.toLowerCase() === name);
  return key === undefined ? undefined : row[key];
}

function fieldsOf(
  paths: ReadonlyArray<readonly [string, string]>,
): Map<string, ColumnType> {
  const fields = new Map<string, ColumnType>();
  for (const [path, type] of paths) {
    if (path.includes('.')) continue;
    const below = paths
      .filter(([other]) => other.startsWith(`${path}.`))
      .map(([other, each]) => [other.slice(path.length + 1), each] as const);
    fields.set(path, parseType(type, fieldsOf(below)));
  }
  return fields;
}

function parseType(
  written: string,
  below: Map<string, ColumnType>,
): ColumnType {
  const type = written.trim();
  const list = /^(?:ARRAY|LIST)\s*<([^]*)>$/i.exec(type);
  if (list) return { kind: 'list', of: parseType(list[1], below) };
  const struct = /^(?:STRUCT|RECORD)\s*<([^]*)>$/i.exec(type);
  if (struct) {
    const fields = splitFields(struct[1]).map(field => {
      const [, name, of] = /^\s*`?([\w$]+)`?\s*:?\s*([^]+)$/.exec(field) ?? [];
      return [
        name?.toLowerCase() ?? '',
        parseType(of ?? '', new Map()),
      ] as const;
    });
    return { kind: 'struct', fields: new Map(fields) };
  }
  if (RECORD.test(type.toUpperCase())) {
    return below.size > 0 ? { kind: 'struct', fields: below } : text;
  }
  const decimal =
    /^(NUMERIC|DECIMAL|NUMBER)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/i.exec(type);
  if (decimal && Number(decimal[2]) <= 38) {
    const name = `DECIMAL(${decimal[2]},${decimal[3] ?? 0})`;
    return { kind: 'scalar', name };
  }
  const name = scalars[type.replace(/\s*\([\d, ]*\)$/, '').toUpperCase()];
  return name ? { kind: 'scalar', name } : text;
}

/** `a INT64, b STRUCT<c STRING, d DATE>` at its outer commas. */
function splitFields(written: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < written.length; at += 1) {
    if (/[<(]/.test(written[at])) depth += 1;
    if (/[>)]/.test(written[at])) depth -= 1;
    if (written[at] === ',' && depth === 0) {
      fields.push(written.slice(from, at));
      from = at + 1;
    }
  }
  return [...fields, written.slice(from)];
}

/** The type of values as JSON has them. */
function inferAll(values: unknown[]): ColumnType {
  const given = values.filter(value => value !== null && value !== undefined);
  if (given.length === 0) return text;
  if (given.every(Array.isArray)) {
    return { kind: 'list', of: inferAll((given as unknown[][]).flat()) };
  }
  if (given.every(value => typeof value === 'boolean')) {
    return { kind: 'scalar', name: 'BOOLEAN' };
  }
  if (given.every(value => typeof value === 'number')) {
    return {
      kind: 'scalar',
      name: given.every(Number.isInteger) ? 'BIGINT' : 'DOUBLE',
    };
  }
  if (
    given.every(value => typeof value === 'object' && !Array.isArray(value))
  ) {
    const objects = given as Array<Record<string, unknown>>;
    const names = new Set(
      objects.flatMap(Object.keys).map(name => name.toLowerCase()),
    );
    return {
      kind: 'struct',
      fields: new Map(
        [...names].map(name => [
          name,
          inferAll(objects.map(object => valueOf(object, name))),
        ]),
      ),
    };
  }
  return text;
}
