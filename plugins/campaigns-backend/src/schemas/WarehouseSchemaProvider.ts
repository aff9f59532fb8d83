import { SchemaProvider } from '@skein/plugin-campaigns-node';
import { Knex } from 'knex';
import { toBigQueryType } from './toBigQueryType';

/** A warehouse that is asked by SQL. */
export interface WarehouseOptions {
  id: string;
  title: string;
  priority?: number;
  maxAgeSeconds?: number;
  /** Opens a connection; it is closed after each read. */
  connect(): Knex;
  /** First part of the names of datasets that are in it. Default: its catalog's own name. */
  catalog?: string;
}

interface TableName {
  dataset: string;
  schema: string;
  table: string;
}

interface ColumnRow {
  name: string;
  type: string;
  element?: string | null;
}

/** Reads INFORMATION_SCHEMA, which warehouses with SQL have in common, through knex. */
export class WarehouseSchemaProvider implements SchemaProvider {
  readonly id: string;
  readonly title: string;
  readonly priority?: number;
  readonly maxAgeSeconds?: number;
  readonly #options: WarehouseOptions;

  constructor(options: WarehouseOptions) {
    this.id = options.id;
    this.title = options.title;
    this.priority = options.priority;
    this.maxAgeSeconds = options.maxAgeSeconds;
    this.#options = options;
  }

  async readSchemas(datasets: string[], { signal }: { signal: AbortSignal }) {
    const knex = this.#options.connect();
    try {
      const catalog = await this.#catalog(knex);
      const names = datasets.flatMap(dataset => toName(dataset, catalog) ?? []);
      const answers = [];
      for (const name of names) {
        signal.throwIfAborted();
        const columns = await readColumns(knex, name);
        if (columns) {
          answers.push({ dataset: name.dataset, columns });
        } else if (await hasSchema(knex, name.schema)) {
          answers.push({ dataset: name.dataset, columns: undefined });
        }
      }
      return answers;
    } finally {
      await knex.destroy();
    }
  }

  async #catalog(knex: Knex): Promise<string> {
    if (this.#options.catalog !== undefined) return this.#options.catalog;
    const row = await knex
      .withSchema('information_schema')
      .from('tables')
      .first({ name: 'table_catalog' });
    return row?.name ?? '';
  }
}

/** @returns undefined where a dataset is in another catalog */
function toName(dataset: string, catalog: string): TableName | undefined {
  const parts = dataset.split('.');
  const table = parts.pop()!;
  const schema = parts.pop();
  const [first] = parts;
  const elsewhere =
    first !== undefined && first.toLowerCase() !== catalog.toLowerCase();
  return schema === undefined || elsewhere
    ? undefined
    : { dataset, schema, table };
}

async function readColumns(
  knex: Knex,
  name: TableName,
): Promise<Record<string, string> | undefined> {
  const table = await findTable(knex, name);
  if (!table) return undefined;
  const query = knex
    .from('information_schema.columns as c')
    .where({ 'c.table_schema': table.schema, 'c.table_name': table.name })
    .orderBy('c.ordinal_position')
    .select({ name: 'c.column_name', type: 'c.data_type' });
  if (hasElementTypes(knex)) {
    query
      .leftJoin('information_schema.element_types as e', join =>
        join
          .on('e.object_catalog', 'c.table_catalog')
          .on('e.object_schema', 'c.table_schema')
          .on('e.object_name', 'c.table_name')
          .on('e.collection_type_identifier', 'c.dtd_identifier'),
      )
      .select({ element: 'e.data_type' });
  }
  const rows: ColumnRow[] = await query;
  return Object.fromEntries(
    rows.map(row => [
      row.name.toLowerCase(),
      toBigQueryType(row.type, row.element ?? undefined),
    ]),
  );
}

/** Where types of arrays' elements are told apart from the arrays. */
function hasElementTypes(knex: Knex): boolean {
  return String(knex.client.config.client).includes('pg');
}

/** A wildcard table is known by its newest shard. */
async function findTable(
  knex: Knex,
  { schema, table }: TableName,
): Promise<{ schema: string; name: string } | undefined> {
  const query = knex
    .withSchema('information_schema')
    .from('tables')
    .whereRaw('lower(table_schema) = ?', [schema.toLowerCase()]);
  if (table.endsWith('*')) {
    const prefix = table.slice(0, -1).toLowerCase();
    query.whereRaw('substr(lower(table_name), 1, ?) = ?', [
      prefix.length,
      prefix,
    ]);
  } else {
    query.whereRaw('lower(table_name) = ?', [table.toLowerCase()]);
  }
  return query
    .orderBy('table_name', 'desc')
    .first({ schema: 'table_schema', name: 'table_name' });
}

async function hasSchema(knex: Knex, schema: string): Promise<boolean> {
  const row = await knex
    .withSchema('information_schema')
    .from('tables')
    .whereRaw('lower(table_schema) = ?', [schema.toLowerCase()])
    .first({ name: 'table_name' });
  return row !== undefined;
}
