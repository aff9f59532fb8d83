/** After so long, others get their turn. */
const TURN_MILLISECONDS = 20;

/** Lets work in many pieces share the process: between two of them, all else gets its turn. */
export class Turns {
  #start = performance.now();

  /** To be awaited between two pieces; takes no time where the turn is not over. */
  async next(): Promise<void> {
    if (performance.now() - this.#start < TURN_MILLISECONDS) return;
    await new Promise(resolve => setImmediate(resolve));
    this.#start = performance.now();
  }
}
