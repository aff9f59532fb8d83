import { LiteralNode } from './LiteralNode';

/** Levels that a mapping has at most. */
const MAX_DEPTH = 50;

/** A plain value as literals, all on the first line: nobody wrote it as text. */
export function literalOf(value: unknown, depth = 0): LiteralNode {
  const line = 1;
  if (depth > MAX_DEPTH || value === null || value === undefined) {
    return { kind: 'scalar', line, value: undefined };
  }
  if (Array.isArray(value)) {
    const items = value.map(item => literalOf(item, depth + 1));
    return { kind: 'list', line, items };
  }
  if (typeof value !== 'object') {
    return { kind: 'scalar', line, value: String(value) };
  }
  return {
    kind: 'map',
    line,
    entries: Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => ({ key, line, value: literalOf(each, depth + 1) })),
  };
}
