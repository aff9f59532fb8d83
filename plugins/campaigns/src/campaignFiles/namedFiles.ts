import { parse } from 'yaml';

/** A campaign names its tables and schemas by path; more than this is a mistake. */
const mostFiles = 50;

/**
 * Paths of the mapping tables, schemas, sample rows and guide that a campaign file names, in
 * order. A file that cannot be read yet names none: the backend says what is
 * wrong with it.
 */
export function namedFiles(yaml: string): string[] {
  let campaign: unknown;
  try {
    campaign = parse(yaml, { maxAliasCount: 20 });
  } catch {
    return [];
  }
  const paths = new Set<string>();
  for (const dataset of list(field(campaign, 'datasets'))) {
    addPath(paths, field(dataset, 'mapping'));
    const schemas = field(dataset, 'schemas');
    addPath(paths, field(schemas, 'from'));
    addPath(paths, field(schemas, 'to'));
    const samples = field(dataset, 'samples');
    if (typeof samples === 'object' && samples !== null) {
      Object.values(samples).forEach(value => addPath(paths, value));
    }
  }
  // A guide may also be an address, or words.
  const guide = field(campaign, 'guide');
  if (typeof guide === 'string' && /^[^:\s]+\.md$/.test(guide)) {
    addPath(paths, guide);
  }
  return [...paths].slice(0, mostFiles);
}

function addPath(paths: Set<string>, value: unknown) {
  if (typeof value === 'string' && value !== '') paths.add(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
