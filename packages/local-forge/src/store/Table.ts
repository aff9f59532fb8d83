import Database from 'better-sqlite3';
import { NotFoundError } from '@backstage/errors';

/** How a field of a row is kept in its column. */
export type ColumnKind = 'integer' | 'text' | 'boolean' | 'json';

/** One column per field of the row, `id` aside. */
export type Columns<Row> = {
  [K in Exclude<keyof Required<Row>, 'id'>]: ColumnKind;
};

/** Equality on each named field; an array means "one of these", undefined "not set". */
export type Where<Row> = {
  [K in keyof Row]?: Row[K] | ReadonlyArray<Row[K]>;
};

type Value = string | number | bigint | null;

/**
 * A table of plain rows with an integer id.
 *
 * Column names are those of the code; only constants of the schema ever reach
 * the SQL text, values are always bound.
 */
export class Table<Row extends { id: number }> {
  private readonly statements = new Map<string, Database.Statement>();
  private readonly fields: Array<[string, ColumnKind]>;

  constructor(
    private readonly database: Database.Database,
    private readonly name: string,
    columns: Columns<Row>,
    indexes: string[] = [],
  ) {
    this.fields = Object.entries(columns) as Array<[string, ColumnKind]>;
    const definitions = this.fields.map(
      ([field, kind]) =>
        `"${field}" ${
          kind === 'integer' || kind === 'boolean' ? 'INTEGER' : 'TEXT'
        }`,
    );
    database.exec(
      `CREATE TABLE IF NOT EXISTS "${name}" (id INTEGER PRIMARY KEY AUTOINCREMENT, ${definitions.join(
        ', ',
      )})`,
    );
    // A folder of an older version lacks what has been added since.
    const present = database.pragma(`table_info("${name}")`) as Array<{
      name: string;
    }>;
    this.fields.forEach(([field], position) => {
      if (!present.some(column => column.name === field)) {
        database.exec(
          `ALTER TABLE "${name}" ADD COLUMN ${definitions[position]}`,
        );
      }
    });
    indexes.forEach((index, position) => {
      const unique = index.startsWith('unique ');
      database.exec(
        `CREATE ${
          unique ? 'UNIQUE ' : ''
        }INDEX IF NOT EXISTS "${name}_${position}" ON "${name}" (${index.replace(
          /^unique /,
          '',
        )})`,
      );
    });
  }

  /** The id is given by the database unless the row brings one. */
  insert(row: Omit<Row, 'id'> & { id?: number }): Row {
    const source = row as Record<string, unknown>;
    const result = this.prepare(
      `INSERT INTO "${this.name}" (id, ${this.fields
        .map(([field]) => `"${field}"`)
        .join(', ')}) VALUES (?, ${this.fields.map(() => '?').join(', ')})`,
    ).run([
      row.id ?? null,
      ...this.fields.map(([field, kind]) => encode(source[field], kind)),
    ]);
    return this.require(Number(result.lastInsertRowid));
  }

  get(id: number): Row | undefined {
    const raw = this.prepare(`SELECT * FROM "${this.name}" WHERE id = ?`).get(
      id,
    );
    return raw ? this.decodeRow(raw as Record<string, Value>) : undefined;
  }

  /** @throws NotFoundError when there is no such row */
  require(id: number): Row {
    const row = this.get(id);
    if (!row) {
      throw new NotFoundError(`There is no row ${id} in ${this.name}`);
    }
    return row;
  }

  update(id: number, patch: Partial<Omit<Row, 'id'>>): Row {
    const source = patch as Record<string, unknown>;
    const changed = this.fields.filter(([field]) => field in source);
    if (changed.length > 0) {
      this.prepare(
        `UPDATE "${this.name}" SET ${changed
          .map(([field]) => `"${field}" = ?`)
          .join(', ')} WHERE id = ?`,
      ).run([
        ...changed.map(([field, kind]) => encode(source[field], kind)),
        id,
      ]);
    }
    return this.require(id);
  }

  delete(where: Where<Row>): number {
    const { clause, values } = this.clause(where);
    return this.prepare(`DELETE FROM "${this.name}" ${clause}`).run(values)
      .changes;
  }

  find(
    where: Where<Row> = {},
    options: { descending?: boolean; limit?: number } = {},
  ): Row[] {
    const { clause, values } = this.clause(where);
    return this.select(
      `SELECT * FROM "${this.name}" ${clause} ORDER BY id ${
        options.descending ? 'DESC' : 'ASC'
      } LIMIT ?`,
      [...values, options.limit ?? -1],
    );
  }

  findOne(where: Where<Row>): Row | undefined {
    return this.find(where, { limit: 1 })[0];
  }

  count(where: Where<Row>): number {
    const { clause, values } = this.clause(where);
    const row = this.prepare(
      `SELECT COUNT(*) AS total FROM "${this.name}" ${clause}`,
    ).get(values) as { total: number };
    return row.total;
  }

  /** Rows by a statement of the caller's: constant text, bound values. */
  select(sql: string, values: Value[]): Row[] {
    return (this.prepare(sql).all(values) as Record<string, Value>[]).map(raw =>
      this.decodeRow(raw),
    );
  }

  private clause(where: Where<Row>): { clause: string; values: Value[] } {
    const kinds = new Map<string, ColumnKind>([
      ['id', 'integer'],
      ...this.fields,
    ]);
    const terms: string[] = [];
    const values: Value[] = [];
    for (const [field, wanted] of Object.entries(where)) {
      const kind = kinds.get(field)!;
      if (Array.isArray(wanted)) {
        terms.push(`"${field}" IN (${wanted.map(() => '?').join(', ')})`);
        values.push(...wanted.map(value => encode(value, kind)));
      } else {
        terms.push(`"${field}" IS ?`);
        values.push(encode(wanted, kind));
      }
    }
    return {
      clause: terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : '',
      values,
    };
  }

  private prepare(sql: string): Database.Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private decodeRow(raw: Record<string, Value>): Row {
    const row: Record<string, unknown> = { id: raw.id };
    for (const [field, kind] of this.fields) {
      row[field] = decode(raw[field], kind);
    }
    return row as Row;
  }
}

function encode(value: unknown, kind: ColumnKind): Value {
  if (value === undefined || value === null) {
    return null;
  }
  if (kind === 'json') {
    return JSON.stringify(value);
  }
  if (kind === 'boolean') {
    return value ? 1 : 0;
  }
  return value as Value;
}

function decode(value: Value | undefined, kind: ColumnKind): unknown {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (kind === 'json') {
    return JSON.parse(String(value));
  }
  return kind === 'boolean' ? value === 1 : value;
}
