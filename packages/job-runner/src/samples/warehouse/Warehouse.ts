import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { loadDuckDb } from '../optionalPackages';
import { sampleLimits } from '../types';

/** What a query gives. */
export interface ResultTable {
  names: string[];
  /** As DuckDB writes them. */
  types: string[];
  rows: unknown[][];
  /** There are more rows than are read. */
  cut: boolean;
}

/**
 * A DuckDB in memory that can reach nothing: no file, no network, no extension,
 * and no statement can change that.
 */
export class Warehouse {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  static async open(): Promise<Warehouse> {
    const { DuckDBInstance: Instance } = loadDuckDb();
    const instance = await Instance.create(':memory:', {
      threads: '1',
      memory_limit: `${sampleLimits.memoryMegabytes}MB`,
      // What does not fit into memory fails. To be set before access is off.
      temp_directory: '',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: 'false',
    });
    const connection = await instance.connect();
    // Else the machine's time zone would decide what a day is.
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run('SET lock_configuration = true');
    return new Warehouse(instance, connection);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  /** Runs a statement of our own. */
  async execute(statement: string): Promise<void> {
    await this.#within(() => this.#connection.run(statement));
  }

  /**
   * Runs one query of a repository.
   *
   * @throws Error in DuckDB's words, or that it took too long, or that it is no query
   */
  async query(text: string): Promise<ResultTable> {
    const { StatementType } = loadDuckDb();
    return this.#within(async () => {
      const prepared = await this.#connection.prepare(text);
      try {
        if (prepared.statementType !== StatementType.SELECT) {
          throw new Error('it is no query');
        }
        const reader = await prepared.streamAndReadUntil(sampleLimits.rows + 1);
        const rows = reader.getRowsJson();
        return {
          names: reader.columnNames(),
          types: reader.columnTypes().map(String),
          rows: rows.slice(0, sampleLimits.rows),
          cut: rows.length > sampleLimits.rows,
        };
      } finally {
        prepared.destroySync();
      }
    });
  }

  /** Keeps what a query of a repository gives as a table. */
  async make(name: string, text: string): Promise<void> {
    await this.query(`SELECT 1 FROM (${text}\n) LIMIT 0`);
    await this.execute(`CREATE TABLE ${name} AS (${text}\n)`);
  }

  async #within<T>(run: () => Promise<T>): Promise<T> {
    const { statementMilliseconds } = sampleLimits;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#connection.interrupt();
    }, statementMilliseconds);
    try {
      return await run();
    } catch (error) {
      throw late
        ? new Error(`it takes longer than ${statementMilliseconds / 1_000} s`)
        : error;
    } finally {
      clearTimeout(timer);
    }
  }
}
