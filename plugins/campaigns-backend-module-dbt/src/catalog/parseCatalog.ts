import { InputError } from '@backstage/errors';
import { asMap, asText, get, onlyMaps, YamlMap } from '../project/YamlMap';

/** Columns of a table: name, in lower case, to type. */
export type CatalogColumns = Record<string, string>;

/**
 * Reads `catalog.json`, which `dbt docs generate` writes from the warehouse.
 *
 * @param where - names the catalog in errors
 * @returns columns by dotted name, in lower case
 * @throws InputError where the text is no catalog
 */
export function parseCatalog(
  text: string,
  where: string,
): Map<string, CatalogColumns> {
  let catalog: YamlMap | undefined;
  try {
    catalog = asMap(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${where} is not JSON: ${(error as Error).message}`);
  }
  const nodes = asMap(get(catalog, 'nodes'));
  if (!nodes) {
    throw new InputError(`${where} has no nodes: is it dbt's catalog.json?`);
  }
  const sources = asMap(get(catalog, 'sources')) ?? {};
  const tables = new Map<string, CatalogColumns>();
  const entries = [...Object.values(nodes), ...Object.values(sources)];
  for (const table of onlyMaps(entries.map(asMap))) {
    const name = nameOf(asMap(get(table, 'metadata')));
    if (name) tables.set(name, columnsOf(asMap(get(table, 'columns'))));
  }
  return tables;
}

function nameOf(metadata: YamlMap | undefined): string | undefined {
  const schema = asText(get(metadata, 'schema'));
  const table = asText(get(metadata, 'name'));
  if (!schema || !table) return undefined;
  const database = asText(get(metadata, 'database'));
  return [...(database ? [database] : []), schema, table]
    .join('.')
    .toLowerCase();
}

function columnsOf(columns: YamlMap | undefined): CatalogColumns {
  return Object.fromEntries(
    onlyMaps(Object.values(columns ?? {}).map(asMap)).flatMap(column => {
      const name = asText(get(column, 'name'));
      const type = asText(get(column, 'type'));
      return name && type ? [[name.toLowerCase(), type.toUpperCase()]] : [];
    }),
  );
}
