import { Reference } from '@skein/mapping-rewriter';
import { folderOf } from '../../scope/paths';
import { referencedDataset } from './referencedDataset';
import { ScannedReference } from './RepositoryScan';

/** References, each dataset once for a folder and what is done with it, with the surer word. */
export class FoundReferences {
  readonly #byKey = new Map<string, ScannedReference>();

  get size(): number {
    return this.#byKey.size;
  }

  add(references: Reference[]): void {
    for (const reference of references) {
      const dataset = referencedDataset(reference);
      if (dataset === undefined) continue;
      const folder = folderOf(reference.file);
      const { access, confidence } = reference;
      const key = JSON.stringify([folder, dataset, access]);
      if (this.#byKey.get(key)?.confidence === 'certain') continue;
      this.#byKey.set(key, { folder, dataset, access, confidence });
    }
  }

  list(): ScannedReference[] {
    return [...this.#byKey.values()];
  }
}
