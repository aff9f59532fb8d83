/**
 * The one of a dataset's names that it is kept under: a table rather than a
 * folder of files, said in full rather than in part. It depends on the names
 * alone, so that the order in which they become known does not matter.
 *
 * @param names - normalised, at least one
 */
export function chooseCanonical(names: Iterable<string>): string {
  return [...names].sort(
    (a, b) =>
      Number(a.includes('/')) - Number(b.includes('/')) ||
      partsOf(b) - partsOf(a) ||
      a.length - b.length ||
      (a < b ? -1 : 1),
  )[0];
}

function partsOf(name: string): number {
  return name.includes('/') ? 0 : Math.min(3, name.split('.').length);
}
