/** A mapping of a YAML file; keys are a hostile author's, so look with {@link get} alone. */
export type YamlMap = Record<string, unknown>;

/** An own property. */
export function get(map: YamlMap | undefined, key: string): unknown {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A mapping, or undefined for anything else. */
export function asMap(value: unknown): YamlMap | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as YamlMap)
    : undefined;
}

/** The mappings of a list. */
export function mapsOf(value: unknown): YamlMap[] {
  return Array.isArray(value) ? onlyMaps(value.map(asMap)) : [];
}

/** What is there, of what may be. */
export function onlyMaps(maps: Array<YamlMap | undefined>): YamlMap[] {
  return maps.filter((each): each is YamlMap => each !== undefined);
}

/** The strings of a list, or the one string that stands for it. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

/** A string that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value.trim()
    : undefined;
}
