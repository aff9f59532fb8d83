/** Longest name that is kept, in bytes; BigQuery's own bound on the three parts is lower, and an index has one. */
export const MAX_NODE_NAME_LENGTH = 1000;

/** What no database can keep: control characters, and halves of characters. */
export const unstorable = /[\p{Cc}\p{Cs}]/gu;

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
 * S3://Lake/users/day=2024-01-31/ s3://lake/users          (a folder of files)
 * ```
 *
 * @returns an empty string for what names no dataset, templates among it
 */
export function normalizeDatasetName(name: string): string {
  if (name.length > MAX_NODE_NAME_LENGTH * 2) return '';
  if (name.includes('/')) return normalizePath(name);
  const parts = name
    .replace(unstorable, '')
    .replace(/[`"'[\]]/g, '')
    .replace(/[$@].*$/s, '')
    .toLowerCase()
    .split(/[.:]/)
    .map(part => part.trim())
    .filter(part => part !== '');
  const table = parts.pop();
  if (table === undefined) return '';
  const normal = [...parts, normalizeTable(table)].join('.');
  return bounded(normal);
}

const dateShard = /_(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

function normalizeTable(table: string): string {
  if (dateShard.test(table)) return table.replace(dateShard, '_*');
  // A part of the date before the star names some of the same shards.
  return table.replace(/(?<!\*)\*+$/, '*').replace(/_\d{1,8}\*$/, '_*');
}

const partition =
  /^(?:[^/=]+=[^/]*|(?:19|20)\d\d-?(?:0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12]\d|3[01]))?)$/;

/** Files and streams: a folder is one dataset, whatever partition of it is meant. */
function normalizePath(name: string): string {
  const [, scheme = '', rest] = /^([a-z][a-z0-9+.-]*:\/\/)?(.*)$/s.exec(
    name.replace(unstorable, '').toLowerCase(),
  )!;
  const parts = rest.split('/').map(part => part.trim());
  const steps = parts.filter(part => part !== '' && part !== '.');
  if (!scheme && steps.length < 2) return normalizeDatasetName(steps.join());
  const least = scheme ? 1 : 2;
  while (steps.length > least && partition.test(steps[steps.length - 1])) {
    steps.pop();
  }
  return steps.length === 0 ? '' : bounded(`${scheme}${steps.join('/')}`);
}

function bounded(name: string): string {
  return Buffer.byteLength(name) > MAX_NODE_NAME_LENGTH || /[{}]/.test(name)
    ? ''
    : name;
}
