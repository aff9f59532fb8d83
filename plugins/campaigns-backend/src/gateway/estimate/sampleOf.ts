/**
 * A sample that has something of everything: evenly spaced in a stable order,
 * so that the same targets give the same sample.
 */
export function sampleOf<T>(ordered: readonly T[], size: number): T[] {
  if (ordered.length <= size) return [...ordered];
  return Array.from(
    { length: size },
    (_, index) => ordered[Math.floor(((index + 0.5) * ordered.length) / size)],
  );
}
