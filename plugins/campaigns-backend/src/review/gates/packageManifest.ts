/** Of `package.json`: what describes a package and executes nothing. */
const DESCRIPTIVE = new Set([
  ...['name', 'version', 'description', 'keywords', 'homepage', 'bugs'],
  ...['license', 'author', 'contributors', 'funding', 'repository', 'private'],
]);
const DEPENDENCIES = new Set([
  ...['dependencies', 'devDependencies', 'optionalDependencies'],
  'peerDependencies',
]);
const PLAIN_VERSION = /^[\^~]?\d+(?:\.\d+){0,2}(?:-[\w.]+)?$/;

type Fields = Record<string, unknown>;

/**
 * Fields of a `package.json` that differ and decide what npm executes: scripts,
 * programs, settings of tools, packages that are new or come from elsewhere. A
 * known package in another version is the matter of the `versions` gate.
 *
 * @returns undefined where one of the texts is no manifest
 */
export function changedExecutedFields(
  before: string,
  after: string,
): string[] | undefined {
  const [old, now] = [readFields(before), readFields(after)];
  if (!old || !now) return undefined;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    key =>
      !DESCRIPTIVE.has(key) &&
      JSON.stringify(old[key]) !== JSON.stringify(now[key]) &&
      !(DEPENDENCIES.has(key) && isOtherVersions(old[key], now[key])),
  );
}

function isOtherVersions(before: unknown, after: unknown): boolean {
  if (!isFields(before) || !isFields(after)) return false;
  return Object.entries(after).every(
    ([name, version]) =>
      version === before[name] ||
      (Object.hasOwn(before, name) &&
        typeof version === 'string' &&
        PLAIN_VERSION.test(version)),
  );
}

function readFields(text: string): Fields | undefined {
  try {
    const value = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
