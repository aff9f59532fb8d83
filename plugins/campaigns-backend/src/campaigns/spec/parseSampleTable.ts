import { InputError } from '@backstage/errors';
import { sampleBounds, SampleTable } from '@skein/plugin-campaigns-common';
import { CsvProblem, CsvRecord, readCsv } from '@skein/mapping-rewriter';
import { LocatedDocument } from './LocatedDocument';

/** Says in JSON lines which types the columns have that follow. */
const COLUMNS = '$columns';

/**
 * Reads sample rows as people write them: CSV with a header of `name` or
 * `name:TYPE`, JSON lines (a first line `{"$columns": {"name": "TYPE"}}` may
 * give types), or YAML with a list of rows, or `columns` and `rows`.
 *
 * @param file - its name, by which the format is told; undefined for what is in line already
 * @param schema - columns that are known of the dataset; none where nothing is known
 * @throws InputError that says which row is wrong
 */
export function parseSampleTable(
  content: unknown,
  file: string | undefined,
  schema: Record<string, string> = {},
): SampleTable {
  const table =
    file === undefined || typeof content !== 'string'
      ? fromValue(content)
      : fromText(content, file);
  const { characters, rows: mostRows } = sampleBounds;
  if (table.rows.length === 0) {
    throw new InputError('There is no row; sample rows need at least one');
  }
  if (table.rows.length > mostRows) {
    throw new InputError(
      `There are ${table.rows.length} rows; at most ${mostRows} can be kept as samples`,
    );
  }
  const size = JSON.stringify(table).length;
  if (size > characters) {
    throw new InputError(
      `The rows take ${size} characters as JSON; at most ${characters} can be kept as samples`,
    );
  }
  checkColumns(table, schema);
  return table;
}

function fromText(content: string, file: string): SampleTable {
  if (/\.csv$/i.test(file)) return fromCsv(content);
  if (/\.(jsonl|ndjson)$/i.test(file)) return fromJsonLines(content);
  const document = LocatedDocument.parse(content);
  const [problem] = document.problems;
  if (problem) {
    const place = problem.line === undefined ? '' : `Line ${problem.line}: `;
    throw new InputError(`${place}${problem.message}`);
  }
  return fromValue(document.value);
}

function fromValue(value: unknown): SampleTable {
  const { columns, rows } = Array.isArray(value)
    ? { columns: undefined, rows: value }
    : (value as Partial<SampleTable>) ?? {};
  if (!Array.isArray(rows)) {
    throw new InputError(
      "Sample rows are a list of rows, or 'rows' with such a list and 'columns' with types",
    );
  }
  rows.forEach((row, index) => checkRow(row, `Row ${index + 1}`));
  return { ...readColumns(columns), rows };
}

function fromJsonLines(content: string): SampleTable {
  const rows: SampleTable['rows'] = [];
  let columns: unknown;
  content.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const row = parseLine(line, index + 1);
    if (columns === undefined && rows.length === 0 && COLUMNS in row) {
      columns = row[COLUMNS];
    } else rows.push(row);
  });
  return { ...readColumns(columns), rows };
}

function parseLine(line: string, number: number): Record<string, unknown> {
  let row: unknown;
  try {
    row = JSON.parse(line);
  } catch (cause) {
    throw new InputError(`Line ${number}: ${(cause as Error).message}`);
  }
  checkRow(row, `Line ${number}`);
  return row as Record<string, unknown>;
}

function checkRow(row: unknown, place: string): void {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw new InputError(`${place} is no object of column to value`);
  }
}

/** An empty field is NULL, one in quotes an empty text. */
function fromCsv(content: string): SampleTable {
  const [header, ...lines] = recordsOf(content);
  const columns = (header?.fields ?? []).map(({ value }) => {
    const [, name, type] = /^([^:]*)(?::(.*))?$/.exec(value) ?? [];
    return { name: name?.trim() ?? '', type: type?.trim() };
  });
  const odd = lines.find(({ fields }) => fields.length !== columns.length);
  if (odd) {
    throw new InputError(
      `Invalid Record Length: line ${odd.line} has ${odd.fields.length} fields, and the header ${columns.length}`,
    );
  }
  const typed = columns.flatMap(({ name, type }) =>
    type ? [[name, type] as const] : [],
  );
  return {
    ...(typed.length > 0 && { columns: Object.fromEntries(typed) }),
    rows: lines.map(({ fields }) =>
      Object.fromEntries(
        columns.map(({ name }, at) => {
          const { value, quoted } = fields[at];
          return [name, value === '' && !quoted ? null : value];
        }),
      ),
    ),
  };
}

function recordsOf(content: string): CsvRecord[] {
  const { characters } = sampleBounds;
  // As JSON they only get longer.
  if (content.length > characters) {
    throw new InputError(
      `The file has ${content.length} characters; at most ${characters} can be kept as samples`,
    );
  }
  try {
    return readCsv(content);
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    throw new InputError(`Line ${error.line}: ${error.message}`);
  }
}

function readColumns(columns: unknown): Pick<SampleTable, 'columns'> {
  if (columns === undefined) return {};
  const entries =
    typeof columns === 'object' && columns ? Object.entries(columns) : [];
  const wrong = entries.find(([, type]) => typeof type !== 'string');
  if (entries.length === 0 || wrong) {
    throw new InputError(
      `The types of sample rows are an object of column to type, for example {"user_id": "INT64"}${
        wrong ? `; '${wrong[0]}' has no type` : ''
      }`,
    );
  }
  return { columns: Object.fromEntries(entries) as Record<string, string> };
}

/** A misspelt column would be NULL everywhere, and make every comparison weaker. */
function checkColumns(
  { columns = {}, rows }: SampleTable,
  schema: Record<string, string>,
): void {
  if (Object.keys(schema).length === 0) return;
  const known = new Set(
    [...Object.keys(schema), ...Object.keys(columns)].map(
      path => path.toLowerCase().split('.')[0],
    ),
  );
  rows.forEach((row, index) => {
    const unknown = Object.keys(row).find(
      name => !known.has(name.toLowerCase()),
    );
    if (unknown !== undefined) {
      throw new InputError(
        `Row ${
          index + 1
        } has a column '${unknown}' that the schema does not list`,
      );
    }
  });
}
