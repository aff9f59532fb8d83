import { ScannedReference } from './RepositoryScan';

/**
 * The datasets that are known beside what a file of code may mean: those of
 * other sources of lineage, and those that SQL certainly reads or writes.
 */
export class KnownNames {
  readonly #names = new Set<string>();
  /** Full names by the name without its first part; undefined where several have it. */
  readonly #byRest = new Map<string, string | undefined>();

  /** @param names - dotted, lower case */
  add(names: Iterable<string>): void {
    for (const name of names) {
      this.#names.add(name);
      const dot = name.indexOf('.');
      const rest = name.slice(dot + 1);
      if (dot < 0 || !rest.includes('.')) continue;
      const known = this.#byRest.get(rest);
      const other = this.#byRest.has(rest) && known !== name;
      this.#byRest.set(rest, other ? undefined : name);
    }
  }

  /**
   * What a reference means. `dataset.table` is the one known dataset that ends
   * so. What only may be a reference, a dotted text in a program for example,
   * counts where it names a known dataset.
   */
  resolve({
    dataset,
    confidence,
  }: Pick<ScannedReference, 'dataset' | 'confidence'>):
    | Pick<ScannedReference, 'dataset' | 'confidence'>
    | undefined {
    const full = this.#byRest.get(dataset);
    if (full) return { dataset: full, confidence: 'likely' };
    return confidence === 'certain' || this.#names.has(dataset)
      ? { dataset, confidence }
      : undefined;
  }
}
