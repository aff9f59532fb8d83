import { CampaignDataset } from '@skein/plugin-campaigns-common';
import { normalizeDatasetName } from '../../lineage/normalizeDatasetName';

/** The names that a campaign retires, and whether some other name is one of them. */
export class RetiredNames {
  readonly #datasets: string[];
  readonly #models: Set<string>;
  readonly #sources: Set<string>;

  private constructor(datasets: CampaignDataset[]) {
    this.#datasets = datasets
      .map(dataset => normalizeDatasetName(dataset.from))
      .filter(name => name !== '');
    const lower = (names: Array<{ from: string }> | undefined) =>
      (names ?? []).map(name => name.from.toLowerCase());
    this.#models = new Set(
      datasets.flatMap(dataset => lower(dataset.mapping.models)),
    );
    this.#sources = new Set(
      datasets.flatMap(dataset => lower(dataset.mapping.sources)),
    );
  }

  static of(datasets: CampaignDataset[]): RetiredNames {
    return new RetiredNames(datasets);
  }

  /** Tables without project and dataset, and without the star of shards; what a mention names at the least. */
  get tables(): string[] {
    const last = (name: string) => name.slice(name.lastIndexOf('.') + 1);
    return [
      ...new Set(
        [...this.#datasets, ...this.#models, ...this.#sources].map(name =>
          last(name).replace(/_?\*$/, ''),
        ),
      ),
    ].filter(name => name !== '');
  }

  /**
   * Whether a name, as it stands in a text, is certainly another's: its table
   * is, or its dataset. A retired table's name alone may mean anything.
   */
  excludes(name: string): boolean {
    const table = name.slice(name.lastIndexOf('.') + 1).replace(/_?\*$/, '');
    if (table === '') return false;
    if (!this.tables.includes(table)) return true;
    return name.includes('.') && !this.includes(name);
  }

  /**
   * Whether a reference, as the rewriter names it, is to a retired dataset. A
   * name without its project is, where the rest is the same.
   */
  includes(reference: string): boolean {
    const [, prefix, rest] = /^(ref|source):(.*)$/s.exec(reference) ?? [];
    if (prefix === 'ref') return this.#models.has(rest.toLowerCase());
    if (prefix === 'source' && this.#sources.has(rest.toLowerCase())) {
      return true;
    }
    const name = normalizeDatasetName(rest ?? reference);
    return this.#datasets.some(
      dataset =>
        name === dataset ||
        (name.includes('.') && dataset.endsWith(`.${name}`)) ||
        (dataset.includes('.') && name.endsWith(`.${dataset}`)),
    );
  }
}
