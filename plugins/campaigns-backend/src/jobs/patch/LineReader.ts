import { InputError } from '@backstage/errors';

/** The lines of a patch, one after the other. */
export class LineReader {
  readonly #lines: string[];
  #next = 0;

  constructor(text: string) {
    // Only \n ends a line: \r belongs to the content.
    this.#lines = text.slice(0, -1).split('\n');
  }

  get done(): boolean {
    return this.#next >= this.#lines.length;
  }

  peek(): string | undefined {
    return this.#lines[this.#next];
  }

  take(): string {
    if (this.done) throw this.error('it ends too early');
    return this.#lines[this.#next++];
  }

  takeIf(prefix: string): string | undefined {
    return this.peek()?.startsWith(prefix)
      ? this.take().slice(prefix.length)
      : undefined;
  }

  error(message: string): InputError {
    return new InputError(
      `The patch cannot be read, line ${Math.max(this.#next, 1)}: ${message}`,
    );
  }
}
