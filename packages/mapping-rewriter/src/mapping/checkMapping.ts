import {
  ColumnMapping,
  MappingProblem,
  MappingTable,
  NameMapping,
  Schemas,
} from '../types';
import { schemaOf } from './schemaOf';
import { splitDataset } from './DatasetName';
import { checkColumn } from './checkColumn';
import { checkCycles } from './checkCycles';

export const lowerPath = (path: string) => path.replace(/`/g, '').toLowerCase();

/**
 * Finds mistakes in mapping tables: unknown columns (against the schemas,
 * where they are given), duplicates, cycles, transforms that do not parse or
 * read what is not there, bad dataset names.
 *
 * @param schemas - columns of old and new datasets, by dotted name
 * @public
 */
export function checkMapping(
  tables: MappingTable[],
  schemas?: Schemas,
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const seen = new Set<string>();
  for (const table of tables) {
    checkDatasets(table, problems);
    if (seen.has(table.from)) {
      problems.push({
        severity: 'error',
        message: `${table.from} has two mapping tables`,
        subject: table.from,
      });
    }
    seen.add(table.from);
    checkDuplicates(table, problems);
    for (const kind of [
      'models',
      'sources',
      'functions',
      'macros',
      'variables',
    ] as const) {
      checkNames(table[kind] ?? [], kind, problems);
    }
    for (const column of table.columns) {
      checkColumn(table, column, schemas, problems);
    }
    checkUnmapped(table, schemas, problems);
  }
  checkCycles(tables, problems);
  return problems;
}

function checkDatasets(table: MappingTable, problems: MappingProblem[]): void {
  for (const name of [table.from, table.to]) {
    const parts = splitDataset(name);
    if (parts.length > 3 || parts.some(part => part === '')) {
      problems.push({
        severity: 'error',
        message: `'${name}' is not a dataset name; write project.dataset.table or dataset.table`,
        subject: name,
      });
    } else if (
      parts.slice(0, -1).some(part => part.includes('*')) ||
      /\*./.test(parts[parts.length - 1])
    ) {
      problems.push({
        severity: 'error',
        message: `'${name}' has a * that is not at its end`,
        subject: name,
      });
    }
  }
  if (table.to.endsWith('*') && !table.from.endsWith('*')) {
    problems.push({
      severity: 'error',
      message: `'${table.to}' is many tables and '${table.from}' is one`,
      subject: table.to,
    });
  }
  if (
    table.from === table.to &&
    table.columns.length === 0 &&
    !table.models &&
    !table.sources &&
    !table.functions &&
    !table.macros &&
    !table.variables
  ) {
    problems.push({
      severity: 'warning',
      message: `The mapping of ${table.from} changes nothing`,
      subject: table.from,
    });
  }
}

function checkDuplicates(
  table: MappingTable,
  problems: MappingProblem[],
): void {
  const lines = new Map<string, ColumnMapping>();
  for (const column of table.columns) {
    const key = lowerPath(column.from);
    const first = lines.get(key);
    if (first) {
      problems.push({
        severity: 'error',
        message: `${column.from} is mapped twice${
          first.line ? `, first in line ${first.line}` : ''
        }`,
        line: column.line,
        subject: column.from,
      });
    }
    lines.set(key, first ?? column);
  }
  const targets = new Map<string, ColumnMapping>();
  for (const column of table.columns) {
    const key =
      column.to === undefined || column.transform !== undefined
        ? undefined
        : lowerPath(column.to);
    const first = key === undefined ? undefined : targets.get(key);
    if (first) {
      problems.push({
        severity: 'warning',
        message: `${first.from} and ${column.from} both become ${column.to} without a transform`,
        line: column.line,
        subject: column.from,
      });
    } else if (key !== undefined) {
      targets.set(key, column);
    }
  }
}

function checkNames(
  names: NameMapping[],
  kind: string,
  problems: MappingProblem[],
): void {
  const seen = new Set<string>();
  for (const { from, to, line } of names) {
    if (seen.has(from)) {
      problems.push({
        severity: 'error',
        message: `${from} stands twice in ${kind}`,
        line,
        subject: from,
      });
    }
    seen.add(from);
    if (
      kind === 'sources' &&
      (from.split('.').length !== 2 || to.split('.').length !== 2)
    ) {
      problems.push({
        severity: 'error',
        message: `A source is written as source_name.table_name, not '${from}' to '${to}'`,
        line,
        subject: from,
      });
    }
  }
}

function checkUnmapped(
  table: MappingTable,
  schemas: Schemas | undefined,
  problems: MappingProblem[],
): void {
  const before = schemaOf(schemas, table.from);
  const after = schemaOf(schemas, table.to);
  if (!before || !after) {
    return;
  }
  const mapped = table.columns.map(column => lowerPath(column.from));
  const kept = new Set(Object.keys(after).map(name => name.toLowerCase()));
  for (const name of Object.keys(before)) {
    const path = name.toLowerCase();
    const covered = mapped.some(
      line =>
        line === path ||
        path.startsWith(`${line}.`) ||
        line.startsWith(`${path}.`),
    );
    if (!covered && !kept.has(path)) {
      problems.push({
        severity: 'warning',
        message: `No line maps ${name}, and ${table.to} has no such column; its uses will be left to a person`,
        subject: name,
      });
    }
  }
}
