import { cut } from './renderSummary';

/** Where progress goes: a picture that is redrawn on a terminal, lines elsewhere. */
export interface Display {
  /** A line that stays. */
  say(line: string): void;
  /** The present pictures, one for each campaign; they replace those before. */
  show(pictures: string[][]): void;
  /** Width of a line. */
  readonly columns: number;
}

/** What each line of a picture is about; the rest changes with targets, which are told by lines of their own. */
const HEADLINES = 3;

/** Prints lines, and of each picture what is new in it. */
export class PlainDisplay implements Display {
  readonly columns = 240;
  #shown: string[][] = [];

  constructor(private readonly stream: NodeJS.WritableStream) {}

  say(line: string): void {
    this.stream.write(`${cut(line, 1000)}\n`);
  }

  show(pictures: string[][]): void {
    const several = pictures.length > 1;
    for (const [at, picture] of pictures.entries()) {
      const [title, ...lines] = picture.slice(0, HEADLINES);
      const [titleBefore, ...before] = this.#shown[at] ?? [];
      if (title !== titleBefore) this.say(title);
      // Between those of others, a line says whose it is.
      const whose = several && title === titleBefore ? `${title}: ` : '';
      lines
        .filter((line, index) => line !== before[index])
        .forEach(line => this.say(whose ? `${whose}${line.trim()}` : line));
    }
    this.#shown = pictures;
  }
}

/** Keeps the pictures at the bottom of the terminal, with the lines that stay above them. */
export class LiveDisplay implements Display {
  #shown: string[] = [];

  constructor(private readonly stream: NodeJS.WriteStream) {}

  get columns(): number {
    return (this.stream.columns || 80) - 1;
  }

  say(line: string): void {
    const shown = this.#shown;
    this.#erase();
    this.stream.write(`${cut(line, 1000)}\n`);
    this.show([shown]);
  }

  show(pictures: string[][]): void {
    this.#erase();
    const rows = Math.max(1, (this.stream.rows || 24) - 1);
    this.#shown = pictures.flat().slice(0, rows);
    if (this.#shown.length > 0) {
      this.stream.write(`${this.#shown.join('\n')}\n`);
    }
  }

  #erase(): void {
    if (this.#shown.length > 0) {
      this.stream.write(`\u001b[${this.#shown.length}A\u001b[0J`);
    }
    this.#shown = [];
  }
}

export function createDisplay(stream: NodeJS.WriteStream): Display {
  return stream.isTTY ? new LiveDisplay(stream) : new PlainDisplay(stream);
}
