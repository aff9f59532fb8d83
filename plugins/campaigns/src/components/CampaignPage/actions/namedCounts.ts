export interface NamedCount {
  name: string;
  count: number;
}

/** Most first, then by name; what the whole has beyond them under a name of its own. */
export function namedCounts(
  counts: Record<string, number>,
  whole: number,
  rest: string,
): NamedCount[] {
  const named = Object.entries(counts).map(([name, count]) => ({
    name,
    count,
  }));
  const known = named.reduce((sum, { count }) => sum + count, 0);
  if (known < whole) named.push({ name: rest, count: whole - known });
  return named.sort(
    (a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en'),
  );
}
