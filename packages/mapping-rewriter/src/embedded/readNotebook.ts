import { EmbeddedText } from './EmbeddedText';
import { joinLiterals } from './joinLiterals';
import { readJson } from './readJson';
import { readPython } from './readPython';

/** The source of a code cell: what its JSON strings spell, and where each character stands in the file. */
interface Cell {
  code: string;
  /** Offsets in the file, one for each character and one for the end. */
  places: number[];
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** The character that a JSON string spells at an offset, and how many it is written with. */
function characterAt(text: string, i: number): [string, number] {
  if (text[i] !== '\\') {
    return [text[i], 1];
  }
  if (text[i + 1] === 'u') {
    const code = parseInt(text.slice(i + 2, i + 6), 16) || 0;
    return [String.fromCharCode(code), 6];
  }
  return [ESCAPES[text[i + 1]] ?? text[i + 1], 2];
}

function addString(cell: Cell, text: string, from: number, to: number): void {
  for (let i = from; i < to; ) {
    const [character, size] = characterAt(text, i);
    cell.code += character;
    // an escape counts by its last character, as in other strings
    cell.places.push(i + size - 1);
    i += size;
  }
}

/** The code cells of a notebook, each as one text: their lines are strings of a JSON list. */
function readCells(text: string): Cell[] {
  const cells: Cell[] = [];
  const literals = readJson(text);
  let type = '';
  for (let i = 0; i < literals.length; i++) {
    const name = literals[i].key
      ? text.slice(literals[i].from, literals[i].to)
      : '';
    const value = literals[i + 1];
    if (name === 'cell_type' && value && !value.key) {
      type = text.slice(value.from, value.to);
    }
    if (name !== 'source' || type !== 'code' || !value || value.key) {
      continue;
    }
    const cell: Cell = { code: '', places: [] };
    let end = literals[i].end;
    // a list goes on as long as nothing but commas stands between its strings
    for (let j = i + 1; j < literals.length && !literals[j].key; j++) {
      if (!/^\s*[:,]?\s*\[?\s*$/.test(text.slice(end, literals[j].start))) {
        break;
      }
      addString(cell, text, literals[j].from, literals[j].to);
      end = literals[j].end;
    }
    cell.places.push(end - 1);
    cells.push(cell);
    type = '';
  }
  return cells;
}

/** What of a cell is SQL: all of it behind a `%%bigquery` or `%%sql` line, or strings of its Python. */
function textsOf({ code }: Cell): EmbeddedText[] {
  const magic = /^\s*%%?(bigquery|sql|bq|snowflake|trino)\b[^\n]*\n/.exec(code);
  if (magic) {
    const masked = code.slice(magic[0].length);
    return [
      {
        start: magic[0].length,
        end: code.length,
        // `{{ }}` and `{name}` are filled in by the notebook
        masked: masked.replace(/\{[^{}]*\}/g, hole =>
          '\uE000'.repeat(hole.length),
        ),
        jinja: false,
        forbidden: '',
        multiline: false,
        anchor: 0,
      },
    ];
  }
  return joinLiterals(code, readPython(code), { adjacent: true, jinja: true });
}

/** A text of a cell as it stands in the file: what JSON puts between its characters is blank. */
function inFile(text: EmbeddedText, { places }: Cell): EmbeddedText {
  const start = places[text.start];
  const end =
    text.end > text.start ? places[text.end - 1] + 1 : places[text.start];
  const masked = new Array<string>(end - start).fill(' ');
  for (let i = text.start; i < text.end; i++) {
    masked[places[i] - start] = text.masked[i - text.start];
  }
  return {
    ...text,
    start,
    end,
    masked: masked.join(''),
    forbidden: `${text.forbidden}"\\\n`,
    multiline: false,
    anchor: places[text.anchor] ?? start,
  };
}

/** The strings in the code cells of a notebook, and its SQL cells. */
export function readNotebook(text: string): EmbeddedText[] {
  return readCells(text).flatMap(cell =>
    textsOf(cell).map(found => inFile(found, cell)),
  );
}
