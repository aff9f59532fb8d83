import { TableField } from '@google-cloud/bigquery';

/** Deeper nesting than BigQuery allows. */
const MAX_DEPTH = 15;

/** Names of legacy SQL, which the API still uses, in those of today. */
const types: Record<string, string> = {
  INTEGER: 'INT64',
  FLOAT: 'FLOAT64',
  BOOLEAN: 'BOOL',
  RECORD: 'STRUCT',
};

/** Field path, in lower case, to type; a path for each nested field. */
export function columnsOf(
  fields: TableField[],
  prefix = '',
  depth = 0,
): Record<string, string> {
  if (depth > MAX_DEPTH) return {};
  return Object.assign(
    {},
    ...fields.map(field => {
      const path = `${prefix}${field.name ?? ''}`.toLowerCase();
      const name = String(field.type ?? '').toUpperCase();
      const type = types[name] ?? name;
      const repeated = field.mode === 'REPEATED';
      return {
        [path]: repeated ? `ARRAY<${type}>` : type,
        ...columnsOf(field.fields ?? [], `${path}.`, depth + 1),
      };
    }),
  );
}
