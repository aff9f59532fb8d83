/** `1 target`, `3 targets`. */
export function countOf(
  count: number,
  singular: string,
  plural: string = `${singular}s`,
): string {
  return `${count.toLocaleString('en')} ${count === 1 ? singular : plural}`;
}

/** `group:default/insights` becomes `insights`; for lists where a link to the entity would be too much. */
export function shortEntityName(ref: string): string {
  return ref.slice(Math.max(ref.lastIndexOf('/'), ref.lastIndexOf(':')) + 1);
}

/** The last two parts of a dotted dataset name: the project is mostly the same everywhere. */
export function shortDatasetName(name: string): string {
  return name.split('.').slice(-2).join('.');
}

/** Words with users and groups by their names alone. */
export function withShortNames(text: string): string {
  return text.replace(/\b(?:user|group):[\w.-]+\/[\w.-]*\w/g, shortEntityName);
}
