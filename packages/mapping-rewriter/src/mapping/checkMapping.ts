import {
  ColumnMapping,
  MappingProblem,
  MappingTable,
  NameMapping,
  Schemas,
} from '../types';
import { schemaOf } from './CompiledTable';
import { splitDataset } from './DatasetName';
import { sameType } from './sameType';
import { readTransform } from './Transform';

const lowerPath = (path: string) => path.replace(/`/g, '').toLowerCase();

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

function checkColumn(
  table: MappingTable,
  column: ColumnMapping,
  schemas: Schemas | undefined,
  problems: MappingProblem[],
): void {
  const report = (severity: MappingProblem['severity'], message: string) =>
    problems.push({
      severity,
      message,
      line: column.line,
      subject: column.from,
    });
  if (!/^[^\s.`]+(\.[^\s.`]+)*$/.test(column.from.replace(/`/g, ''))) {
    report(
      'error',
      `'${column.from}' is not a column name; write a nested field as record.field`,
    );
  }
  if (
    column.to !== undefined &&
    !/^[^\s.`]+(\.[^\s.`]+)*$/.test(column.to.replace(/`/g, ''))
  ) {
    report(
      'error',
      `'${column.to}' is not a column name; put an expression into transform`,
    );
  }
  const before = schemaOf(schemas, table.from);
  const after = schemaOf(schemas, table.to);
  const type = (schema: Record<string, string> | undefined, path: string) => {
    const name =
      schema &&
      Object.keys(schema).find(key => key.toLowerCase() === lowerPath(path));
    return name === undefined ? undefined : schema![name];
  };
  if (
    before &&
    type(before, column.from) === undefined &&
    !column.from.startsWith('_')
  ) {
    report(
      'error',
      `${table.from} has no column ${column.from}${suggestion(
        before,
        column.from,
      )}`,
    );
  }
  if (
    after &&
    column.to !== undefined &&
    type(after, column.to) === undefined
  ) {
    report(
      'error',
      `${table.to} has no column ${column.to}${suggestion(after, column.to)}`,
    );
  }
  if (column.decision === 'person') {
    return;
  }
  if (column.transform !== undefined) {
    checkTransform(table, column, before, after, report);
    return;
  }
  const [oldType, newType] = [
    type(before, column.from),
    column.to === undefined ? undefined : type(after, column.to),
  ];
  if (oldType && newType && !sameType(oldType, newType)) {
    report(
      'warning',
      `${column.from} is ${oldType} and ${column.to} is ${newType}; without a transform its uses will be left to a person`,
    );
  }
}

function checkTransform(
  table: MappingTable,
  column: ColumnMapping,
  before: Record<string, string> | undefined,
  after: Record<string, string> | undefined,
  report: (severity: MappingProblem['severity'], message: string) => void,
): void {
  const transform = readTransform(column.transform!.trim(), 'bigquery');
  if (transform.problem) {
    report(
      'error',
      `The transform of ${column.from} does not parse: ${transform.problem}`,
    );
    return;
  }
  const reads = transform.reads.map(read => read.path.join('.'));
  const [from, to] = [
    lowerPath(column.from),
    column.to === undefined ? undefined : lowerPath(column.to),
  ];
  const readsNew =
    to !== undefined &&
    reads.some(read => read === to || read.startsWith(`${to}.`));
  const readsOld = reads.some(
    read => read === from || read.startsWith(`${from}.`),
  );
  if (readsOld && readsNew && from !== to) {
    report(
      'error',
      `The transform reads both ${column.from} and ${column.to}; read the new column to give the old value back`,
    );
  } else if (readsOld && !readsNew) {
    report(
      'warning',
      `The transform makes ${column.to ?? 'the new column'} from ${
        column.from
      }; where the old value is needed, a person will have to decide`,
    );
  } else if (reads.length === 0 && to !== undefined) {
    report(
      'warning',
      `The transform of ${column.from} reads neither the old nor the new column`,
    );
  }
  if (!readsOld && after) {
    const known = new Set(Object.keys(after).map(name => name.toLowerCase()));
    for (const read of reads) {
      if (!known.has(read)) {
        report(
          'error',
          `The transform of ${column.from} reads ${read}, which ${
            table.to
          } does not have${suggestion(after, read)}`,
        );
      }
    }
  }
  if (readsOld && !readsNew && before && column.to === undefined) {
    report('warning', `${column.from} has a transform but no new column`);
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

/** A dataset that becomes another that is itself retired, and so on back to the first. */
function checkCycles(tables: MappingTable[], problems: MappingProblem[]): void {
  const next = new Map(tables.map(table => [table.from, table.to]));
  for (const { from } of tables) {
    const way = [from];
    for (
      let at = next.get(from);
      at !== undefined && at !== way[way.length - 1];
      at = next.get(at)
    ) {
      if (at === from) {
        problems.push({
          severity: 'error',
          message: `The mappings go in a circle: ${[...way, from].join(
            ' to ',
          )}`,
          subject: from,
        });
        break;
      }
      if (way.includes(at)) {
        break;
      }
      way.push(at);
    }
    if (
      way.length > 1 &&
      next.has(way[1]) &&
      next.get(way[1]) !== from &&
      way[1] !== from
    ) {
      problems.push({
        severity: 'warning',
        message: `${from} becomes ${way[1]}, which is retired itself`,
        subject: from,
      });
    }
  }
}

function suggestion(schema: Record<string, string>, name: string): string {
  const wanted = lowerPath(name);
  const close = Object.keys(schema).find(
    key =>
      distance(key.toLowerCase(), wanted) <=
      Math.max(1, Math.floor(wanted.length / 4)),
  );
  return close ? `; did you mean ${close}?` : '';
}

function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 3) {
    return 99;
  }
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(
        above[j] + 1,
        row[j - 1] + 1,
        above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
  }
  return row[b.length];
}
