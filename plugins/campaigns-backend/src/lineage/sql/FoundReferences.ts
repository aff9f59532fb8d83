import { Reference } from '@skein/mapping-rewriter';
import { folderOf } from '../../scope/paths';
import { referencedDataset } from './referencedDataset';
import { ScannedReference } from './RepositoryScan';

/** Columns of one dataset that are kept for a folder. */
const MAX_COLUMNS = 1000;

/** References, each dataset once for a folder and what is done with it, with the surer word. */
export class FoundReferences {
  readonly #byKey = new Map<string, ScannedReference>();
  readonly #columns = new Map<string, Set<string>>();

  get size(): number {
    return this.#byKey.size;
  }

  add(references: Reference[]): void {
    for (const reference of references) {
      const dataset = referencedDataset(reference.dataset);
      if (dataset === undefined) continue;
      const folder = folderOf(reference.file);
      const { access, column, confidence } = reference;
      const key = JSON.stringify([folder, dataset, access]);
      if (column !== undefined) {
        this.#addColumn(key, column);
      } else if (this.#byKey.get(key)?.confidence !== 'certain') {
        this.#byKey.set(key, { folder, dataset, access, confidence });
      }
    }
  }

  list(): ScannedReference[] {
    return [...this.#byKey].map(([key, reference]) => {
      const columns = this.#columns.get(key);
      return columns ? { ...reference, columns: [...columns] } : reference;
    });
  }

  #addColumn(key: string, column: string): void {
    const columns = this.#columns.get(key) ?? new Set();
    if (columns.size < MAX_COLUMNS) columns.add(column.toLowerCase());
    this.#columns.set(key, columns);
  }
}
