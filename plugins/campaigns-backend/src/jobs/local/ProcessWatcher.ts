import { listProcesses, ProcessEntry, treeOf } from './processTree';

type Observer = (tree: ProcessEntry[]) => void;

/**
 * Shows observers the process trees that they care for, a few times a second,
 * with one look at `/proc` for all of them.
 */
export class ProcessWatcher {
  readonly #observers = new Map<number, Observer>();
  readonly #intervalMilliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMilliseconds = 200) {
    this.#intervalMilliseconds = intervalMilliseconds;
  }

  /** @returns a function that ends it */
  observe(root: number, observer: Observer): () => void {
    this.#observers.set(root, observer);
    this.#schedule();
    return () => {
      this.#observers.delete(root);
      if (this.#observers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#look(), this.#intervalMilliseconds);
  }

  async #look(): Promise<void> {
    const processes = await listProcesses();
    this.#timer = undefined;
    for (const [root, observer] of this.#observers) {
      observer(treeOf(root, processes));
    }
    if (this.#observers.size > 0) this.#schedule();
  }
}
