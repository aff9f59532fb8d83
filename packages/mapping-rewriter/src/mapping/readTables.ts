import {
  ColumnMapping,
  MappingProblem,
  MappingTable,
  NameMapping,
} from '../types';
import { LiteralNode, entry, scalar } from './LiteralNode';
import { COLUMN_KEYS, NEW, OLD, columnOf, fieldsOf } from './columnOf';

/** Where a mapping file does not say it itself. */
export interface MappingNames {
  from?: string;
  to?: string;
}

const TABLE_KEYS = new Set([
  'from',
  'to',
  'models',
  'sources',
  'columns',
  'unmappedcolumns',
  'unmapped_columns',
  'functions',
  'macros',
  'variables',
  'version',
  'description',
  'note',
  'notes',
  'title',
  'dataset',
  'guide',
  'owner',
]);

function readColumns(
  node: LiteralNode | undefined,
  problems: MappingProblem[],
): ColumnMapping[] {
  if (!node) {
    return [];
  }
  const columns: (ColumnMapping | undefined)[] = [];
  if (node.kind === 'map') {
    for (const { key, line, value } of node.entries) {
      const fields =
        value.kind === 'map'
          ? fieldsOf(value, problems)
          : { to: scalar(value) };
      if (value.kind === 'list') {
        problems.push({
          severity: 'error',
          message: `The column '${key}' has a list; give it a new name or a map of to, transform, decision and note`,
          line,
          subject: key,
        });
        continue;
      }
      columns.push(columnOf({ ...fields, from: key }, line, problems));
    }
  } else if (node.kind === 'list') {
    for (const item of node.items) {
      if (item.kind === 'map') {
        const [first] = item.entries;
        const short =
          item.entries.length === 1 &&
          !COLUMN_KEYS.has(first.key.toLowerCase());
        columns.push(
          columnOf(
            short
              ? { from: first.key, to: scalar(first.value) }
              : fieldsOf(item, problems),
            item.entries[0]?.line ?? item.line,
            problems,
          ),
        );
      } else if (item.kind === 'list') {
        const [from, to, transform, decision, note] = item.items.map(scalar);
        columns.push(
          columnOf(
            { from, to, transform, decision, note },
            item.line,
            problems,
          ),
        );
      } else {
        problems.push({
          severity: 'error',
          message:
            'A column line is a map or a list of old column, new column, transform',
          line: item.line,
        });
      }
    }
  } else {
    problems.push({
      severity: 'error',
      message: 'columns must be a list or a map',
      line: node.line,
    });
  }
  return columns.filter(
    (column): column is ColumnMapping => column !== undefined,
  );
}

function readNames(
  node: LiteralNode | undefined,
  what: string,
  problems: MappingProblem[],
): NameMapping[] | undefined {
  if (!node) {
    return undefined;
  }
  const names: NameMapping[] = [];
  const add = (
    from: string | undefined,
    to: string | undefined,
    line: number,
  ) => {
    if (from && to) {
      names.push({ from, to, line });
    } else {
      problems.push({
        severity: 'error',
        message: `An entry of ${what} needs from and to`,
        line,
      });
    }
  };
  if (node.kind === 'map') {
    node.entries.forEach(({ key, line, value }) =>
      add(key, scalar(value), line),
    );
  } else if (node.kind === 'list') {
    for (const item of node.items) {
      if (item.kind === 'list') {
        add(scalar(item.items[0]), scalar(item.items[1]), item.line);
      } else {
        const [first] = item.kind === 'map' ? item.entries : [];
        const short =
          item.kind === 'map' &&
          item.entries.length === 1 &&
          first.key !== 'from';
        add(
          short ? first.key : scalar(entry(item, ...OLD)),
          short ? scalar(first.value) : scalar(entry(item, ...NEW)),
          item.line,
        );
      }
    }
  } else {
    problems.push({
      severity: 'error',
      message: `${what} must be a list of from and to`,
      line: node.line,
    });
  }
  return names;
}

function readTable(
  node: LiteralNode,
  names: MappingNames,
  problems: MappingProblem[],
): MappingTable | undefined {
  const bare =
    node.kind === 'list' ||
    (node.kind === 'map' &&
      !entry(node, 'columns') &&
      !entry(node, 'from') &&
      !entry(node, 'models', 'sources', 'functions', 'macros', 'variables'));
  const columns = readColumns(bare ? node : entry(node, 'columns'), problems);
  const from = (bare ? undefined : scalar(entry(node, 'from'))) ?? names.from;
  const to = (bare ? undefined : scalar(entry(node, 'to'))) ?? names.to;
  if (!from || !to) {
    problems.push({
      severity: 'error',
      message: `The mapping does not name ${
        from ? 'the new' : 'the old'
      } dataset; write from and to above the columns`,
      line: node.line,
    });
    return undefined;
  }
  const table: MappingTable = { from, to, columns };
  if (bare || node.kind !== 'map') {
    return table;
  }
  for (const { key, line } of node.entries) {
    if (!TABLE_KEYS.has(key.toLowerCase())) {
      problems.push({
        severity: 'warning',
        message: `The key '${key}' is not known in a mapping`,
        line,
        subject: key,
      });
    }
  }
  for (const kind of [
    'models',
    'sources',
    'functions',
    'macros',
    'variables',
  ] as const) {
    const list = readNames(entry(node, kind), kind, problems);
    if (list) {
      table[kind] = list;
    }
  }
  const unmapped = entry(node, 'unmappedcolumns', 'unmapped_columns');
  const policy = scalar(unmapped);
  if (policy === 'keep' || policy === 'refuse') {
    table.unmappedColumns = policy;
  } else if (unmapped) {
    problems.push({
      severity: 'error',
      message: "unmappedColumns is 'keep' or 'refuse'",
      line: unmapped.line,
    });
  }
  return table;
}

/** Reads the mapping tables of a YAML or Python text. */
export function readTables(
  node: LiteralNode,
  names: MappingNames,
  problems: MappingProblem[],
): MappingTable[] {
  const list = entry(node, 'tables', 'datasets', 'mappings');
  let several: LiteralNode[] | undefined;
  if (list?.kind === 'list') {
    several = list.items;
  } else if (
    node.kind === 'list' &&
    node.items.length > 0 &&
    node.items.every(item => entry(item, 'columns') !== undefined)
  ) {
    several = node.items;
  }
  return (several ?? [node])
    .map(item => readTable(item, names, problems))
    .filter((table): table is MappingTable => table !== undefined);
}
