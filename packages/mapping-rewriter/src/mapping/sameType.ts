const SYNONYMS: Record<string, string> = {
  INTEGER: 'INT64',
  INT: 'INT64',
  BIGINT: 'INT64',
  SMALLINT: 'INT64',
  TINYINT: 'INT64',
  BYTEINT: 'INT64',
  FLOAT: 'FLOAT64',
  DOUBLE: 'FLOAT64',
  BOOLEAN: 'BOOL',
  DECIMAL: 'NUMERIC',
  BIGDECIMAL: 'BIGNUMERIC',
  RECORD: 'STRUCT',
  VARCHAR: 'STRING',
  TEXT: 'STRING',
  CHAR: 'STRING',
};

const normal = (type: string) =>
  type
    .toUpperCase()
    .replace(/\s+/g, '')
    .replace(/\(\d+(,\d+)?\)/g, '')
    .replace(/[A-Z]\w*/g, word => SYNONYMS[word] ?? word)
    // the fields of a record are compared one by one
    .replace(/^(ARRAY<)?STRUCT<.*$/, '$1STRUCT');

/** Whether two column types are the same, whatever they are called. */
export const sameType = (a: string, b: string): boolean =>
  normal(a) === normal(b);
