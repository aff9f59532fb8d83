import { SampleTable } from '../../protocol';
import { SampleRequest } from '../types';
import { columnTypesOf } from '../warehouse/columnTypes';
import { Warehouse } from '../warehouse/Warehouse';
import { writeTable } from '../warehouse/writeTable';

/** The sample rows of a campaign, as tables of the warehouses; one is made where it is first read. */
export class SampleTables {
  readonly #request: SampleRequest;
  readonly #tables: Array<{ dataset: string; table: SampleTable }>;
  readonly #loaded = new Map<string, Promise<void>>();

  constructor(request: SampleRequest) {
    this.#request = request;
    this.#tables = Object.entries(request.samples.tables).map(
      ([dataset, table]) => ({ dataset: dataset.toLowerCase(), table }),
    );
  }

  /**
   * The name of the table that holds the sample rows of a dataset; undefined
   * where there are none.
   *
   * @param warehouses - the second gets the rows in reverse
   * @throws Error where rows do not fit their columns
   */
  async load(
    dataset: string,
    warehouses: readonly Warehouse[],
  ): Promise<string | undefined> {
    const at = this.#find(dataset.toLowerCase());
    if (at < 0) return undefined;
    const name = `skein_sample_${at}`;
    if (!this.#loaded.has(name)) {
      this.#loaded.set(name, this.#write(name, at, warehouses));
    }
    await this.#loaded.get(name);
    return name;
  }

  async #write(
    name: string,
    at: number,
    warehouses: readonly Warehouse[],
  ): Promise<void> {
    const { dataset, table } = this.#tables[at];
    const { schemas } = this.#request;
    const schema = Object.keys(schemas).find(
      each => each.toLowerCase() === dataset,
    );
    const columns = columnTypesOf(
      { ...(schema && schemas[schema]), ...table.columns },
      table.rows,
    );
    let rows = table.rows;
    for (const warehouse of warehouses) {
      for (const statement of writeTable(name, columns, rows)) {
        try {
          await warehouse.execute(statement);
        } catch (error) {
          throw new Error(
            `the sample rows of ${dataset} do not fit its columns: ${
              (error as Error).message.split('\n')[0]
            }`,
          );
        }
      }
      rows = [...rows].reverse();
    }
  }

  /** By the whole name, or by its end where only one has it. */
  #find(dataset: string): number {
    const exact = this.#tables.findIndex(each => each.dataset === dataset);
    if (exact >= 0 || !dataset.includes('.')) return exact;
    const ends = this.#tables.filter(
      each =>
        each.dataset.endsWith(`.${dataset}`) ||
        (each.dataset.includes('.') && dataset.endsWith(`.${each.dataset}`)),
    );
    return ends.length === 1 ? this.#tables.indexOf(ends[0]) : -1;
  }
}
