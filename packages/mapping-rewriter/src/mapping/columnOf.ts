import { ColumnMapping, MappingProblem } from '../types';
import { LiteralNode, scalar } from './LiteralNode';

export const OLD = [
  'from',
  'old_column',
  'old',
  'source',
  'old_name',
  'column',
];

export const NEW = ['to', 'new_column', 'new', 'target', 'new_name'];

export const COLUMN_KEYS = new Set([
  ...OLD,
  ...NEW,
  'transform',
  'expression',
  'decision',
  'note',
  'comment',
  'notes',
  'description',
  'reason',
  'type',
  'old_type',
  'new_type',
]);

/** Reads one column line from its fields; shared by all formats. */
export function columnOf(
  fields: Record<string, string | undefined>,
  line: number | undefined,
  problems: MappingProblem[],
): ColumnMapping | undefined {
  const value = (...keys: string[]) => {
    for (const key of keys) {
      const given = fields[key]?.trim();
      if (given) {
        return given;
      }
    }
    return undefined;
  };
  const from = value(...OLD);
  const to = value(...NEW);
  if (!from) {
    problems.push({
      severity: 'error',
      message: 'The line names no old column',
      line,
    });
    return undefined;
  }
  const decision = value('decision');
  const column: ColumnMapping = { from };
  if (to && /^(person|person decides|a person decides|ask|tbd|\?)$/i.test(to)) {
    column.decision = 'person';
  } else if (to && !/^(none|null|dropped|drop|removed|-)$/i.test(to)) {
    column.to = to;
  }
  const transform = value('transform', 'expression');
  if (transform) {
    column.transform = transform;
  }
  if (decision && /^(person|person decides|human|manual)$/i.test(decision)) {
    column.decision = 'person';
  } else if (
    decision &&
    !/^(auto|automatic|none|drop|dropped|keep)$/i.test(decision)
  ) {
    problems.push({
      severity: 'error',
      message: `The decision '${decision}' is not known; the only one is 'person'`,
      line,
      subject: from,
    });
  }
  const note = value('note', 'comment', 'notes', 'description', 'reason');
  if (note) {
    column.note = note;
  }
  if (line !== undefined) {
    column.line = line;
  }
  return column;
}

export function fieldsOf(
  node: LiteralNode,
  problems: MappingProblem[],
): Record<string, string | undefined> {
  const fields: Record<string, string | undefined> = {};
  if (node.kind === 'map') {
    for (const { key, value, line } of node.entries) {
      if (!COLUMN_KEYS.has(key.toLowerCase())) {
        problems.push({
          severity: 'warning',
          message: `The key '${key}' is not known in a column line`,
          line,
          subject: key,
        });
      }
      fields[key.toLowerCase()] = scalar(value);
    }
  }
  return fields;
}
