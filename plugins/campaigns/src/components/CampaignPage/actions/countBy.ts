export interface NamedCount {
  name: string;
  count: number;
}

/** How many items share a name, most first. */
export function countBy<T>(
  items: T[],
  nameOf: (item: T) => string,
): NamedCount[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = nameOf(item);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'));
}
