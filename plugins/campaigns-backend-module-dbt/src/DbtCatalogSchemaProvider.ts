import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  ProvidedSchema,
  SchemaProvider,
  SchemaReadContext,
} from '@skein/plugin-campaigns-node';
import {
  CatalogLocation,
  readCatalogLocations,
} from './catalog/CatalogLocation';
import { loadCatalog } from './catalog/loadCatalog';
import { CatalogColumns, parseCatalog } from './catalog/parseCatalog';

/** Columns of tables as dbt's catalogs say: what the warehouse had when they were made. @public */
export class DbtCatalogSchemaProvider implements SchemaProvider {
  readonly id = 'dbt-catalog';
  readonly title = 'dbt catalog';
  readonly #locations: CatalogLocation[];

  private constructor(locations: CatalogLocation[]) {
    this.#locations = locations;
  }

  /**
   * @returns undefined where the configuration names no catalog
   * @throws InputError where it is wrong
   */
  static fromConfig(
    config: RootConfigService,
  ): DbtCatalogSchemaProvider | undefined {
    const locations = readCatalogLocations(config);
    return locations.length > 0
      ? new DbtCatalogSchemaProvider(locations)
      : undefined;
  }

  async readSchemas(
    datasets: string[],
    context: SchemaReadContext,
  ): Promise<ProvidedSchema[]> {
    const known = new Map<string, CatalogColumns>();
    for (const location of this.#locations) {
      context.signal.throwIfAborted();
      const { text, where } = await loadCatalog(location, context);
      for (const [name, columns] of parseCatalog(text, where)) {
        // The first catalog that has a table is believed.
        if (!known.has(name)) known.set(name, columns);
      }
    }
    return datasets.flatMap(dataset => {
      const columns = find(known, dataset.toLowerCase());
      return columns ? [{ dataset, columns }] : [];
    });
  }
}

/** By its name; by its end where one of both has no database; the newest shard of a wildcard table. */
function find(
  known: Map<string, CatalogColumns>,
  dataset: string,
): CatalogColumns | undefined {
  const parts = dataset.split('.');
  const wildcard = dataset.endsWith('*');
  const names = wildcard
    ? [...known.keys()]
        .filter(name => name.startsWith(dataset.slice(0, -1)))
        .sort()
        .reverse()
    : [dataset];
  for (const name of names) {
    const columns = known.get(name);
    if (columns) return columns;
  }
  if (wildcard) return undefined;
  const short = known.get(parts.slice(-2).join('.'));
  if (parts.length === 3 || short) return short;
  const longer = [...known.keys()].filter(name => name.endsWith(`.${dataset}`));
  // With several databases nobody knows which is meant.
  return longer.length === 1 ? known.get(longer[0]) : undefined;
}
