import { InputError } from '@backstage/errors';

/** Deeper nesting than BigQuery allows. */
const maxDepth = 15;

/**
 * Reads the columns of a table as people and tools write them: a list of
 * `{name, type, fields?}` (also below `columns`, `fields` or `schema`, as `bq
 * show --schema` prints it), or a plain object of dotted path to type.
 *
 * @returns lower-case dotted path to type, a path for each nested field
 * @throws InputError where it is neither
 */
export function parseTableSchema(content: unknown): Record<string, string> {
  const columns = new Map<string, string>();
  if (isObject(content)) {
    const list = content.columns ?? content.fields ?? content.schema;
    if (Array.isArray(list)) {
      addFields(list, '', 0, columns);
    } else {
      for (const [path, type] of Object.entries(content)) {
        if (typeof type !== 'string') {
          throw new InputError(
            `The schema's column '${path}' has no type; write it as text, for example INT64`,
          );
        }
        columns.set(path.toLowerCase(), type);
      }
    }
  } else if (Array.isArray(content)) {
    addFields(content, '', 0, columns);
  } else {
    throw new InputError(
      'A schema is a list of columns with name and type, or an object of column to type',
    );
  }
  return Object.fromEntries(columns);
}

function addFields(
  fields: unknown[],
  prefix: string,
  depth: number,
  columns: Map<string, string>,
): void {
  if (depth > maxDepth) {
    throw new InputError(`The schema is nested deeper than ${maxDepth} levels`);
  }
  for (const field of fields) {
    if (
      !isObject(field) ||
      typeof field.name !== 'string' ||
      typeof field.type !== 'string'
    ) {
      throw new InputError(
        `A column of the schema${
          prefix && ` below '${prefix.slice(0, -1)}'`
        } has no name or no type`,
      );
    }
    const path = `${prefix}${field.name}`.toLowerCase();
    const repeated = String(field.mode ?? '').toUpperCase() === 'REPEATED';
    columns.set(path, repeated ? `ARRAY<${field.type}>` : field.type);
    if (Array.isArray(field.fields)) {
      addFields(field.fields, `${path}.`, depth + 1, columns);
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
