import { Span } from '../types';

/** Turns UTF-16 offsets of one text into 1-based lines and columns. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      this.starts.push(i + 1);
    }
  }

  /** The 1-based line that holds the offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }

  /** The offset at which the line of this offset starts. */
  lineStart(offset: number): number {
    return this.starts[this.lineAt(offset) - 1];
  }

  span(start: number, end: number): Span {
    const line = this.lineAt(start);
    return { start, end, line, column: start - this.starts[line - 1] + 1 };
  }
}
