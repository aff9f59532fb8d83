import {
  ColumnMapping,
  MappingPreviewLine,
  MappingTable,
  RewriteOptions,
} from '../types';
import { rewrite } from '../rewrite/rewrite';
import { CompiledTable } from './CompiledTable';

/**
 * Says what each line of a mapping table does, with an example made by the
 * rewriter itself where the line can be rewritten.
 *
 * @public
 */
export function previewMapping(
  table: MappingTable,
  options: RewriteOptions = {},
): MappingPreviewLine[] {
  return [...previewLines(table, options)];
}

/**
 * The same line by line: each takes a few milliseconds, which a process that
 * has other work spends one by one.
 *
 * @public
 */
export function* previewLines(
  table: MappingTable,
  options: RewriteOptions = {},
): Generator<MappingPreviewLine, void> {
  const compiled = new CompiledTable(table, {
    schemas: options.schemas,
    dialect: options.dialect ?? 'bigquery',
  });
  // What a line does hangs on the lines of the same column and its fields alone.
  const byRoot = new Map<string, ColumnMapping[]>();
  for (const column of table.columns) {
    const known = byRoot.get(rootOf(column));
    if (known) known.push(column);
    else byRoot.set(rootOf(column), [column]);
  }
  for (const column of table.columns) {
    const columns = byRoot.get(rootOf(column))!;
    yield previewLine({ ...table, columns }, compiled, column, options);
  }
}

function rootOf({ from }: ColumnMapping): string {
  return from.replace(/`/g, '').split('.', 1)[0].trim().toLowerCase();
}

function previewLine(
  table: MappingTable,
  compiled: CompiledTable,
  column: ColumnMapping,
  options: RewriteOptions,
): MappingPreviewLine {
  const before = `SELECT ${column.from} FROM \`${table.from.replace(
    /:/g,
    '.',
  )}\``;
  const result = rewrite([{ path: 'preview.sql', content: before }], [table], {
    ...options,
    leaveNotes: false,
    comments: 'leave',
  });
  const file = result.files[0];
  const line: MappingPreviewLine = {
    from: column.from,
    ...describe(compiled, column),
  };
  if (column.to !== undefined) {
    line.to = column.to;
  }
  if (column.line !== undefined) {
    line.line = column.line;
  }
  if (file && file.refusals.length === 0) {
    line.example = { before, after: file.output };
  }
  return line;
}

function describe(
  compiled: CompiledTable,
  column: ColumnMapping,
): Pick<MappingPreviewLine, 'action' | 'description'> {
  const change = compiled.change(column.from.replace(/`/g, '').split('.'));
  const note = column.note ? ` ${column.note}` : '';
  switch (change.kind) {
    case 'keep':
      return {
        action: 'keep',
        description: `${column.from} stays as it is.${note}`,
      };
    case 'rename':
      return {
        action: 'rename',
        description: `${column.from} is renamed to ${change.to.join(
          '.',
        )}.${note}`,
      };
    case 'convert':
      return {
        action: 'convert',
        description: `${column.from} is replaced by ${change.transform.text}.${note}`,
      };
    default:
      if (change.code === 'person-decides') {
        return {
          action: 'person-decides',
          description: `Every use of ${column.from} is left to a person.${note}`,
        };
      }
      if (change.code === 'dropped-column') {
        return {
          action: 'drop',
          description: `${column.from} has no successor; its uses are left to a person.${note}`,
        };
      }
      return {
        action: 'forward-only',
        description: `Uses of ${column.from} are left to a person: ${change.reason}.${note}`,
      };
  }
}
