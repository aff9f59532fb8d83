import { CsvError, parse } from 'csv-parse/sync';
import { MappingProblem, MappingTable } from '../types';
import { columnOf } from './columnOf';
import { MappingNames } from './readTables';

const DATASET_LINE = /^#\s*(from|to)\s*[:=]\s*(\S+)\s*$/i;

/** Reads a CSV mapping: comment lines `# from:` and `# to:`, a header, a line for each old column. */
export function parseCsv(
  text: string,
  names: MappingNames,
  problems: MappingProblem[],
): MappingTable[] {
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
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(body, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (error instanceof CsvError) {
      problems.push({
        severity: 'error',
        message: error.message.replace(/ on line \d+.*$/, ''),
        line: Number(error.lines) || undefined,
      });
      return [];
    }
    throw error;
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
  const keys = header.record.map(key => key.toLowerCase().replace(/\s+/g, '_'));
  if (
    !keys.some(key =>
      /^(old_column|old|from|old_name|column|source)$/.test(key),
    )
  ) {
    problems.push({
      severity: 'error',
      message:
        'The first line must name the columns: old_column,new_column,transform,decision,note',
      line: header.info.lines,
    });
    return [];
  }
  const tables = new Map<string, MappingTable>();
  for (const { record, info } of rows) {
    if (record.length > keys.length) {
      problems.push({
        severity: 'error',
        message: `The line has ${record.length} fields and the header ${keys.length}; put a transform with commas in double quotes`,
        line: info.lines,
      });
      continue;
    }
    const fields: Record<string, string | undefined> = Object.create(null);
    keys.forEach((key, i) => {
      fields[key] = record[i];
    });
    const from = fields.old_table || fields.old_dataset || given.from;
    const to = fields.new_table || fields.new_dataset || given.to;
    const column = columnOf(fields, info.lines, problems);
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
