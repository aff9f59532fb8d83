import { CsvProblem, CsvRecord, readCsv } from '../text/readCsv';
import { MappingProblem, MappingTable } from '../types';
import { columnOf } from './columnOf';
import { MappingNames } from './readTables';

/** Thousands of columns in long hand. */
const MOST_CHARACTERS = 256 * 1024;

const DATASET_LINE = /^#\s*(from|to)\s*[:=]\s*(\S+)\s*$/i;

/** Reads a CSV mapping: comment lines `# from:` and `# to:`, a header, a line for each old column. */
export function parseCsv(
  text: string,
  names: MappingNames,
  problems: MappingProblem[],
): MappingTable[] {
  if (text.length > MOST_CHARACTERS) {
    problems.push({
      severity: 'error',
      message: `The file is longer than ${MOST_CHARACTERS} characters; split it`,
    });
    return [];
  }
  const given: MappingNames = { ...names };
  // comment lines keep their place, so that line numbers stay right
  const body = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(line => {
      const match = DATASET_LINE.exec(line.trim());
      if (match) {
        const key = match[1].toLowerCase() as 'from' | 'to';
        given[key] = match[2];
      }
      return /^\s*#/.test(line) ? '' : line;
    })
    .join('\n');
  let records: CsvRecord[];
  try {
    records = readCsv(body, { trim: true });
  } catch (error) {
    if (!(error instanceof CsvProblem)) throw error;
    const { message, line } = error;
    problems.push({ severity: 'error', message, line });
    return [];
  }
  const [header, ...rows] = records;
  if (!header) {
    problems.push({
      severity: 'error',
      message:
        'The file is empty; its first line is old_column,new_column,transform,decision,note',
      line: 1,
    });
    return [];
  }
  const keys = header.fields.map(({ value }) =>
    value.toLowerCase().replace(/\s+/g, '_'),
  );
  if (
    !keys.some(key =>
      /^(old_column|old|from|old_name|column|source)$/.test(key),
    )
  ) {
    problems.push({
      severity: 'error',
      message:
        'The first line must name the columns: old_column,new_column,transform,decision,note',
      line: header.line,
    });
    return [];
  }
  const tables = new Map<string, MappingTable>();
  for (const { fields: written, line } of rows) {
    if (written.length > keys.length) {
      problems.push({
        severity: 'error',
        message: `The line has ${written.length} fields and the header ${keys.length}; put a transform with commas in double quotes`,
        line,
      });
      continue;
    }
    const fields: Record<string, string | undefined> = Object.create(null);
    keys.forEach((key, i) => {
      fields[key] = written[i]?.value;
    });
    const from = fields.old_table || fields.old_dataset || given.from;
    const to = fields.new_table || fields.new_dataset || given.to;
    const column = columnOf(fields, line, problems);
    if (!from || !to) {
      problems.push({
        severity: 'error',
        message:
          'The file does not name the datasets; write `# from: project.dataset.old` and `# to: project.dataset.new` in its first lines',
        line: 1,
      });
      return [];
    }
    const key = `${from}\n${to}`;
    const table = tables.get(key) ?? { from, to, columns: [] };
    tables.set(key, table);
    if (column) {
      table.columns.push(column);
    }
  }
  if (tables.size === 0 && given.from && given.to) {
    return [{ from: given.from, to: given.to, columns: [] }];
  }
  return [...tables.values()];
}
