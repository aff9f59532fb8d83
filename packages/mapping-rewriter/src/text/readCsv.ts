/** One value of a line of CSV. @public */
export interface CsvField {
  value: string;
  /** Written in double quotes: an empty one is an empty text, where others are nothing. */
  quoted: boolean;
}

/** One line of CSV; with line breaks in quotes, several. @public */
export interface CsvRecord {
  fields: CsvField[];
  /** The line on which it ends, from 1. */
  line: number;
}

/** A text that is no CSV. @public */
export class CsvProblem extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
    this.name = 'CsvProblem';
  }
}

class CsvReader {
  readonly #text: string;
  readonly #trim: boolean;
  #at: number;
  #line = 1;

  constructor(text: string, trim: boolean) {
    this.#text = text;
    this.#trim = trim;
    this.#at = text.startsWith('\ufeff') ? 1 : 0;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  record(): CsvRecord {
    const fields = [this.#field()];
    while (this.#text[this.#at] === ',') {
      this.#at += 1;
      fields.push(this.#field());
    }
    const record = { fields, line: this.#line };
    if (this.#match(/\r\n?|\n/y) !== '') this.#line += 1;
    return record;
  }

  #field(): CsvField {
    if (this.#trim) this.#match(/[^\S\r\n]+/y);
    if (this.#text[this.#at] === '"') {
      return { value: this.#quoted(), quoted: true };
    }
    const value = this.#match(/[^,"\r\n]+/y);
    if (this.#text[this.#at] === '"') {
      throw new CsvProblem(
        'A value has a double quote in its midst; put all of it in double quotes, and write " as ""',
        this.#line,
      );
    }
    return { value: this.#trim ? value.trimEnd() : value, quoted: false };
  }

  #quoted(): string {
    const opened = this.#line;
    const parts: string[] = [];
    do {
      const from = this.#at + 1;
      const end = this.#text.indexOf('"', from);
      if (end < 0) {
        throw new CsvProblem('A double quote is not closed', opened);
      }
      parts.push(this.#text.slice(from, end));
      this.#at = end + 1;
      // Two of them are one that belongs to the value.
    } while (this.#text[this.#at] === '"');
    const value = parts.join('"');
    this.#line += value.match(/\r\n?|\n/g)?.length ?? 0;
    if (this.#trim) this.#match(/[^\S\r\n]+/y);
    if (!/[,\r\n]/.test(this.#text[this.#at] ?? ',')) {
      throw new CsvProblem(
        'A value goes on after its closing double quote',
        this.#line,
      );
    }
    return value;
  }

  /** What a pattern finds here, which is then behind; empty where it finds nothing. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [''];
    this.#at += found.length;
    return found;
  }
}

/**
 * Reads CSV as RFC 4180 says, in one pass: each character is looked at a
 * bounded number of times, whatever somebody wrote. Empty lines are left out.
 *
 * @param options - `trim` takes the space around values away
 * @throws CsvProblem
 * @public
 */
export function readCsv(
  text: string,
  options: { trim?: boolean } = {},
): CsvRecord[] {
  const reader = new CsvReader(text, options.trim ?? false);
  const records: CsvRecord[] = [];
  while (!reader.done) {
    const record = reader.record();
    const [first] = record.fields;
    const isEmpty =
      record.fields.length === 1 && !first.quoted && first.value === '';
    if (!isEmpty) records.push(record);
  }
  return records;
}
