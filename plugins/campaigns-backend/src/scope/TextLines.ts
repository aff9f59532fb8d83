/** The lines of a text by their numbers, from 1. */
export class TextLines {
  readonly #text: string;
  readonly #starts = [0];

  constructor(text: string) {
    this.#text = text;
    for (
      let at = text.indexOf('\n');
      at >= 0;
      at = text.indexOf('\n', at + 1)
    ) {
      this.#starts.push(at + 1);
    }
  }

  /** Undefined where there is no such line. */
  line(number: number): string | undefined {
    const start = this.#starts[number - 1];
    if (start === undefined) return undefined;
    const next = this.#starts[number];
    return this.#text.slice(start, next === undefined ? next : next - 1);
  }

  /** The line on which an offset is. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /**
   * The first line that holds a text which has no line break.
   *
   * @param from - the line to start at
   */
  find(text: string, from: number): number | undefined {
    const start = this.#starts[from - 1];
    if (start === undefined) return undefined;
    const found = this.#text.indexOf(text, start);
    return found < 0 ? undefined : this.lineOf(found);
  }
}
