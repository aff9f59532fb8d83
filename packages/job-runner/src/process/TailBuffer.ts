/** Counts all and keeps the last bytes. */
export class TailBuffer {
  total = 0;
  #chunks: Buffer[] = [];
  #kept = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(chunk: Buffer): void {
    this.total += chunk.length;
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    if (this.#kept > 4 * this.#limit) this.#compact();
  }

  toString(): string {
    this.#compact();
    const text = this.#chunks.map(chunk => chunk.toString('utf8')).join('');
    const cut = this.total > this.#kept;
    return cut ? `…${text.slice(text.indexOf('\n') + 1)}` : text;
  }

  #compact(): void {
    const last = Buffer.concat(this.#chunks).subarray(-this.#limit);
    this.#chunks = [last];
    this.#kept = last.length;
  }
}
