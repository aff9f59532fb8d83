import { ColumnMapping, MappingProblem, MappingTable, Schemas } from '../types';
import { schemaOf } from './schemaOf';
import { readTransform } from './Transform';
import { lowerPath } from './checkMapping';
import { sameType } from './sameType';

export function checkColumn(
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
