import { Region } from '../rewrite/Region';
import { Relation } from './Relation';

/** Files that are named for what they hold; the folder is named for the table. */
const GENERIC =
  /^(query|view|script|part\d*|init|backfill|materialized_view|main|index|model|definition|create|ddl|table|sql|select|transform|load)$/;

/** Folders of dbt whose files build nothing. */
const NOT_MODELS = /(^|\/)(tests|analyses|analysis|macros)\//;

const MODEL_CALL = /^(builtins\.)?(ref|source|config)$/;

/** What is known of the project around a file. */
export interface Surroundings {
  /** Whether a dbt project holds the file. */
  inDbt(file: string): boolean;
  /** Whether something in the project is in a dataset of this name, lower case. */
  isDataset(name: string): boolean;
}

/**
 * What a SQL file builds whose statements do not say it: a model of dbt builds
 * what it is called, and a bare query what its path spells, as in
 * `DATASET/TABLE/query.sql` or `DATASET/TABLE.sql`.
 */
export function builtByFile(region: Region, around: Surroundings): Relation[] {
  const path = region.file
    .toLowerCase()
    .replace(/\.\w+$/, '')
    .split('/');
  if (region.tree.queries.length === 0 || NOT_MODELS.test(region.file)) {
    return [];
  }
  if (isDbt(region, around)) {
    const macro = region.jinja.some(
      ({ kind, code }) => kind === 'tag' && code.tag === 'macro',
    );
    return macro
      ? []
      : modelNames(region, path[path.length - 1]).map(table => ({
          table,
          model: true,
        }));
  }
  const stem = path.pop()!;
  const parts = [...path, ...stem.split('.')];
  if (parts.length > 1 && GENERIC.test(parts[parts.length - 1])) {
    parts.pop();
  }
  const table = parts.pop()!;
  const dataset = parts.pop();
  return [
    dataset !== undefined && around.isDataset(dataset)
      ? { table, dataset }
      : { table, guessed: true },
  ];
}

function isDbt(region: Region, around: Surroundings): boolean {
  return (
    around.inDbt(region.file) ||
    region.jinja.some(({ code }) =>
      code.calls.some(call => MODEL_CALL.test(call.name)),
    )
  );
}

/** The name of the file, and the alias that `config` gives. */
function modelNames(region: Region, stem: string): string[] {
  const alias = region.jinja
    .flatMap(({ code }) => code.calls)
    .filter(call => call.name === 'config')
    .flatMap(call => call.args)
    .find(argument => argument.keyword === 'alias')?.literal?.value;
  return alias === undefined ? [stem] : [stem, alias.toLowerCase()];
}
