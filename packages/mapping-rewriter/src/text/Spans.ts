interface Range {
  start: number;
  end: number;
}

/** Ranges of a text, to ask quickly whether one of them holds another. */
export class Spans {
  private readonly starts: number[];
  /** The furthest end of the ranges up to each. */
  private readonly ends: number[] = [];

  constructor(ranges: Range[]) {
    const sorted = [...ranges].sort((a, b) => a.start - b.start);
    this.starts = sorted.map(({ start }) => start);
    let furthest = -1;
    for (const { end } of sorted) {
      furthest = Math.max(furthest, end);
      this.ends.push(furthest);
    }
  }

  holds({ start, end }: Range): boolean {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low > 0 && this.ends[low - 1] >= end;
  }
}
