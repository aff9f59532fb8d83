/** Longest name that is kept; BigQuery's own bound on the three parts is lower. */
export const MAX_NODE_NAME_LENGTH = 1000;

/**
 * One identity for the many ways to write a dataset: dotted, lower case,
 * without quotes, and one name for all the shards of a table.
 *
 * ```
 * `Acme.user_data.Users`          acme.user_data.users
 * acme:user_data.users            acme.user_data.users     (legacy SQL)
 * acme.logs.events_20240131       acme.logs.events_*       (a date shard)
 * acme.logs.events_2024*          acme.logs.events_*       (some of the shards)
 * acme.logs.events$20240131       acme.logs.events         (a partition)
 * ```
 *
 * @returns an empty string for what names no dataset, templates among it
 */
export function normalizeDatasetName(name: string): string {
  if (name.length > MAX_NODE_NAME_LENGTH * 2) return '';
  const parts = name
    .replace(/[`"'[\]\p{Cc}]/gu, '')
    .replace(/[$@].*$/s, '')
    .toLowerCase()
    .split(/[.:]/)
    .map(part => part.trim())
    .filter(part => part !== '');
  const table = parts.pop();
  if (table === undefined) return '';
  const normal = [...parts, normalizeTable(table)].join('.');
  return normal.length > MAX_NODE_NAME_LENGTH || /[{}]/.test(normal)
    ? ''
    : normal;
}

const dateShard = /_(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

function normalizeTable(table: string): string {
  if (dateShard.test(table)) return table.replace(dateShard, '_*');
  // A part of the date before the star names some of the same shards.
  return table.replace(/\*+$/, '*').replace(/_\d{1,8}\*$/, '_*');
}
