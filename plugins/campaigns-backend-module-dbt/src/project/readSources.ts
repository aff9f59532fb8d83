import { DbtDataset } from '../types';
import { ProjectConfig } from './ProjectConfig';
import { asMap, asText, get, mapsOf, YamlMap } from './YamlMap';
import { renderPlain } from './renderPlain';

/**
 * The sources that a project declares, by `source.table` in lower case.
 *
 * The schema of a source is its name unless it says otherwise. Its database is
 * the target's then; where that is not known, it is most likely the one that the
 * project's models go to.
 */
export function readSources(
  config: ProjectConfig,
  yamls: YamlMap[],
): Map<string, DbtDataset> {
  const sources = new Map<string, DbtDataset>();
  for (const source of yamls.flatMap(yaml => mapsOf(get(yaml, 'sources')))) {
    const name = asText(get(source, 'name'));
    if (!name) continue;
    for (const table of mapsOf(get(source, 'tables'))) {
      const tableName = asText(get(table, 'name'));
      if (!tableName) continue;
      const dataset = sourceDataset(config, source, table, name, tableName);
      if (dataset) {
        sources.set(`${name}.${tableName}`.toLowerCase(), dataset);
      }
    }
  }
  return sources;
}

function sourceDataset(
  config: ProjectConfig,
  source: YamlMap,
  table: YamlMap,
  name: string,
  tableName: string,
): DbtDataset | undefined {
  const setting = (map: YamlMap, ...keys: string[]) => {
    const value = keys
      .map(key => get(map, key) ?? get(asMap(get(map, 'config')), key))
      .find(each => each !== undefined);
    return {
      given: value !== undefined,
      value: renderPlain(value, config.context),
    };
  };
  const database = setting(source, 'database', 'project', 'catalog');
  const schema = setting(source, 'schema', 'dataset');
  const identifier = setting(table, 'identifier');
  // What is given and cannot be read is not known: a guess would be wrong.
  if (
    (schema.given && !schema.value) ||
    (identifier.given && !identifier.value)
  ) {
    return undefined;
  }
  const rest = `${schema.value ?? name}.${identifier.value ?? tableName}`;
  if (database.value) {
    return { name: `${database.value}.${rest}`, confidence: 'certain' };
  }
  const assumed = database.given
    ? undefined
    : config.context.database ?? config.placement('models', []).database;
  return { name: assumed ? `${assumed}.${rest}` : rest, confidence: 'likely' };
}
