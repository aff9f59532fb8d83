import {
  ColumnMapping,
  MappingTable,
  Reference,
  Schemas,
} from '@skein/mapping-rewriter';
import type { MappingFinding } from './analyzeMapping';

/**
 * Compares by file the columns that were read of the old dataset with those
 * that are read of the new one: each of the latter must come from a mapping
 * line of the former, or have been read before.
 */
export function columnFindings(
  mappings: MappingTable[],
  before: Reference[],
  after: Reference[],
): MappingFinding[] {
  const [filesBefore, filesAfter] = [byFile(before), byFile(after)];
  const files = new Set([...filesBefore.keys(), ...filesAfter.keys()]);
  return mappings.flatMap(mapping => {
    const oldNames = namesOf(mapping, 'from');
    const newNames = namesOf(mapping, 'to');
    const lines = linesOf(mapping);
    return [...files].flatMap(file => {
      const was = filesBefore.get(file) ?? [];
      const is = filesAfter.get(file) ?? [];
      const read = {
        oldBefore: columnsOf(was, oldNames),
        oldAfter: columnsOf(is, oldNames),
        newBefore: columnsOf(was, newNames),
        newAfter: columnsOf(is, newNames),
      };
      return [
        ...unexplained(mapping, lines, file, read),
        ...replaced(lines, file, read),
      ];
    });
  });
}

function byFile(references: Reference[]): Map<string, Reference[]> {
  const files = new Map<string, Reference[]>();
  for (const reference of references) {
    const known = files.get(reference.file);
    if (known) known.push(reference);
    else files.set(reference.file, [reference]);
  }
  return files;
}

type Columns = ReadonlyMap<string, Reference>;

interface ReadColumns {
  oldBefore: Columns;
  oldAfter: Columns;
  newBefore: Columns;
  newAfter: Columns;
}

/** Columns of the new dataset that no line of the mapping leads to. */
function unexplained(
  mapping: MappingTable,
  lines: MappingLines,
  file: string,
  read: ReadColumns,
): MappingFinding[] {
  // Where a person decides, any column may be the right one.
  const open = [...read.oldBefore.keys()].some(column =>
    isOpen(lines.get(column)?.[0]),
  );
  const explained = new Set(
    [...read.oldBefore.keys()].flatMap(column => successorsOf(lines, column)),
  );
  return [...read.newAfter].flatMap(([column, { span }]) => {
    if (read.newBefore.has(column)) return [];
    if (open || explained.has(column)) return [];
    return [
      {
        gate: 'mapping' as const,
        file,
        line: span.line,
        message: `The change reads '${column}' of ${mapping.to}, to which no mapping line leads from what the file read before`,
      },
    ];
  });
}

/** Columns of the old dataset that are gone, and whose successor is not read instead. */
function replaced(
  lines: MappingLines,
  file: string,
  read: ReadColumns,
): MappingFinding[] {
  return [...read.oldBefore].flatMap(([column, { span }]) => {
    const line = lines.get(column)?.[0];
    if (isOpen(line) || read.oldAfter.has(column)) return [];
    const successors = successorsOf(lines, column);
    const found = successors.some(
      each => read.newAfter.has(each) || read.newBefore.has(each),
    );
    if (found || successors.length === 0) return [];
    return [
      {
        gate: 'mapping' as const,
        file,
        line: span.line,
        message: `'${column}' is mapped to ${successors
          .map(each => `'${each}'`)
          .join(', ')}, which the file does not read after the change`,
      },
    ];
  });
}

/** What BigQuery adds to tables by itself. */
const pseudoColumn =
  /^_(?:table_suffix|partition(?:time|date)|file_name|change_(?:type|timestamp))$/i;

/**
 * Columns of the new datasets that their schemas do not have.
 *
 * @param after - as resolved without those schemas: with them, a name that no table has belongs to none
 */
export function unknownColumns(
  mappings: MappingTable[],
  schemas: Schemas,
  after: Reference[],
): MappingFinding[] {
  return mappings.flatMap(mapping => {
    const columns = schemaOf(schemas, mapping.to);
    if (!columns) return [];
    const names = namesOf(mapping, 'to');
    return after
      .filter(
        ({ column, confidence, dataset }) =>
          column !== undefined &&
          confidence === 'certain' &&
          names.has(plainName(dataset)) &&
          !pseudoColumn.test(column) &&
          !columns.has(column.toLowerCase()),
      )
      .map(({ file, span, column }) => ({
        gate: 'mapping' as const,
        file,
        line: span.line,
        message: `${mapping.to} has no column '${column}'`,
      }));
  });
}

/** The schemas without those of the new datasets. */
export function withoutSuccessors(
  mappings: MappingTable[],
  schemas: Schemas,
): Schemas {
  const successors = new Set(mappings.map(({ to }) => plainName(to)));
  return Object.fromEntries(
    Object.entries(schemas).filter(
      ([name]) => !successors.has(plainName(name)),
    ),
  );
}

function plainName(dataset: string): string {
  return dataset.toLowerCase().replace(/\*$/, '');
}

function namesOf(mapping: MappingTable, side: 'from' | 'to'): Set<string> {
  return new Set(
    [
      mapping[side],
      ...(mapping.models ?? []).map(model => `ref:${model[side]}`),
      ...(mapping.sources ?? []).map(source => `source:${source[side]}`),
    ].map(plainName),
  );
}

function columnsOf(
  references: Reference[],
  names: ReadonlySet<string>,
): Columns {
  const columns = new Map<string, Reference>();
  for (const reference of references) {
    if (
      reference.column !== undefined &&
      names.has(plainName(reference.dataset))
    ) {
      const name = reference.column.toLowerCase();
      if (!columns.has(name)) columns.set(name, reference);
    }
  }
  return columns;
}

/** Lines of a mapping by their old column, in lower case. */
type MappingLines = ReadonlyMap<string, ColumnMapping[]>;

function linesOf({ columns }: MappingTable): MappingLines {
  const lines = new Map<string, ColumnMapping[]>();
  for (const column of columns) {
    const name = column.from.toLowerCase();
    const known = lines.get(name);
    if (known) known.push(column);
    else lines.set(name, [column]);
  }
  return lines;
}

/** Not for a program to decide: a person's, dropped, or not in the table and not to be kept. */
function isOpen(line: ColumnMapping | undefined): boolean {
  return line !== undefined && (line.decision === 'person' || !line.to);
}

/** New columns that an old one may become: those of all its lines; without a line it keeps its name. */
function successorsOf(mapping: MappingLines, column: string): string[] {
  const lines = mapping.get(column);
  if (!lines) return [column];
  return lines.flatMap(line => (line.to ? [line.to.toLowerCase()] : []));
}

function schemaOf(
  schemas: Schemas,
  dataset: string,
): ReadonlySet<string> | undefined {
  const found = Object.entries(schemas).find(
    ([name]) => plainName(name) === plainName(dataset),
  );
  return (
    found && new Set(Object.keys(found[1]).map(column => column.toLowerCase()))
  );
}
