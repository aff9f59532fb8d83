/** Names of SQL's types, as INFORMATION_SCHEMA has them, in BigQuery's words. */
const types: Record<string, string> = {
  BIGINT: 'INT64',
  INTEGER: 'INT64',
  INT: 'INT64',
  SMALLINT: 'INT64',
  TINYINT: 'INT64',
  'DOUBLE PRECISION': 'FLOAT64',
  REAL: 'FLOAT64',
  FLOAT: 'FLOAT64',
  DOUBLE: 'FLOAT64',
  DECIMAL: 'NUMERIC',
  NUMBER: 'NUMERIC',
  BOOLEAN: 'BOOL',
  'CHARACTER VARYING': 'STRING',
  CHARACTER: 'STRING',
  VARCHAR: 'STRING',
  CHAR: 'STRING',
  TEXT: 'STRING',
  UUID: 'STRING',
  BYTEA: 'BYTES',
  VARBINARY: 'BYTES',
  JSONB: 'JSON',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
  'TIMESTAMP WITHOUT TIME ZONE': 'DATETIME',
  'TIME WITHOUT TIME ZONE': 'TIME',
  'TIME WITH TIME ZONE': 'TIME',
};

/**
 * A type as BigQuery calls it; one that it has no word for stays as it is.
 *
 * @param element - type of an array's elements
 */
export function toBigQueryType(type: string, element?: string): string {
  const upper = type.toUpperCase();
  const name = (upper.endsWith(')') ? upper.split('(', 1)[0] : upper).trim();
  if (name === 'ARRAY') {
    return `ARRAY<${element ? toBigQueryType(element) : 'STRING'}>`;
  }
  return types[name] ?? name;
}
