import { SqlStatement, TableUse } from '@skein/mapping-rewriter';
import { toDuckDb, Transpile } from '../sql/toDuckDb';
import { writeQuery } from '../sql/writeQuery';
import { SampleRequest } from '../types';
import { ResultTable, Warehouse } from '../warehouse/Warehouse';
import { ProjectSide, SideText } from './ProjectSide';
import { SampleTables } from './SampleTables';

/** With what texts are run. */
export interface RunTools {
  request: SampleRequest;
  samples: SampleTables;
  /** Two with the same rows, the other way round in the second. */
  warehouses: readonly Warehouse[];
  transpile: Transpile;
  /** A name that no other table has. */
  newName(): string;
}

/** Models that read models that read models; more is a circle. */
const MAX_DEPTH = 10;

/** Runs the statements of one text, in order, on one side of the change. */
export class ScriptRun {
  readonly #tools: RunTools;
  readonly #side: ProjectSide;
  readonly #text: SideText;
  /** What the script itself has made; undefined where it is not known what is in it by now. */
  readonly #made = new Map<string, string | undefined>();
  /** Statements whose effect on later ones is there. */
  #done = 0;

  constructor(tools: RunTools, side: ProjectSide, text: SideText) {
    this.#tools = tools;
    this.#side = side;
    this.#text = text;
  }

  /**
   * What a statement gives, once in each warehouse.
   *
   * @throws Error that says why it cannot be run
   */
  async run(statement: SqlStatement): Promise<ResultTable[]> {
    await this.#runUpTo(this.#text.statements.indexOf(statement));
    const sql = await this.#compile(statement, 0);
    const results: ResultTable[] = [];
    for (const warehouse of this.#tools.warehouses) {
      results.push(await warehouse.query(sql));
    }
    return results;
  }

  /** Makes the tables that earlier statements make. */
  async #runUpTo(end: number): Promise<void> {
    for (; this.#done < end; this.#done += 1) {
      const statement = this.#text.statements[this.#done];
      const { query, verb, writes } = statement;
      if (!writes) continue;
      const name = this.#tools.newName();
      this.#made.set(writes.toLowerCase(), undefined);
      if (verb !== 'CREATE' || !query) continue;
      try {
        await this.#make(name, await this.#compile(statement, 0));
        this.#made.set(writes.toLowerCase(), name);
      } catch {
        // Who reads it says so.
      }
    }
  }

  async #compile(
    statement: SqlStatement | undefined,
    depth: number,
    own = this.#text,
  ): Promise<string> {
    const problem = own.problem ?? statement?.problem;
    if (problem) throw new Error(problem);
    const query = statement?.query;
    if (!query) throw new Error('it gives nothing away by itself');
    const names = new Map<string, string>();
    for (const { dataset } of query.tables) {
      names.set(dataset, await this.#table(dataset, depth));
    }
    const { dialect, samples } = this.#tools.request;
    const text = writeQuery(
      query,
      dialect,
      samples,
      (table: TableUse) => names.get(table.dataset)!,
    );
    return toDuckDb(text, dialect, this.#tools.transpile);
  }

  async #table(dataset: string, depth: number): Promise<string> {
    const key = dataset.toLowerCase();
    if (depth === 0 && this.#made.has(key)) {
      const made = this.#made.get(key);
      if (made === undefined) {
        throw new Error(`it is not known here what is in ${dataset} by then`);
      }
      return made;
    }
    const { samples, warehouses } = this.#tools;
    const model = /^ref:(.+)$/.exec(dataset)?.[1];
    const name = await samples.load(model ?? dataset, warehouses);
    if (name !== undefined) return name;
    if (model === undefined) {
      throw new Error(
        `it reads ${
          dataset || 'a table of a computed name'
        }, of which there are no sample rows`,
      );
    }
    return this.#model(model, depth);
  }

  /** A model of the project, by its own text on this side. */
  async #model(name: string, depth: number): Promise<string> {
    const text = this.#side.model(name);
    const [statement] = text?.statements ?? [];
    if (!text || depth >= MAX_DEPTH || text.statements.length > 1) {
      throw new Error(`it reads the model ${name}, which cannot be run here`);
    }
    const table = this.#tools.newName();
    try {
      await this.#make(table, await this.#compile(statement, depth + 1, text));
    } catch (error) {
      throw new Error(
        `it reads the model ${name}, which cannot be run here: ${
          (error as Error).message
        }`,
      );
    }
    return table;
  }

  async #make(name: string, sql: string): Promise<void> {
    for (const warehouse of this.#tools.warehouses) {
      await warehouse.make(name, sql);
    }
  }
}
