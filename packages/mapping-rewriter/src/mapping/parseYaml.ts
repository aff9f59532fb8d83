import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
} from 'yaml';
import { LiteralNode } from './LiteralNode';

/** A YAML text that cannot be read. */
export class YamlProblem extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

const MAX_DEPTH = 50;

/**
 * Reads a YAML text as literals with their lines.
 *
 * @throws YamlProblem where it is not YAML
 */
export function parseYaml(text: string): LiteralNode {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error) {
    throw new YamlProblem(
      error.message.split('\n')[0].replace(/ at line \d+.*$/, ''),
      lines.linePos(error.pos[0]).line,
    );
  }
  const lineOf = (node: unknown) => {
    const range = (node as { range?: [number, number, number] } | null)?.range;
    return range ? lines.linePos(range[0]).line : 1;
  };
  const convert = (node: unknown, depth: number): LiteralNode => {
    const line = lineOf(node);
    if (depth > MAX_DEPTH || isAlias(node)) {
      const target = isAlias(node) ? node.resolve(document) : undefined;
      return target && depth < MAX_DEPTH
        ? convert(target, depth + 1)
        : { kind: 'scalar', line, value: undefined };
    }
    if (isMap(node)) {
      return {
        kind: 'map',
        line,
        entries: node.items.map(pair => ({
          key: isScalar(pair.key) ? String(pair.key.value) : '',
          line: lineOf(pair.key),
          value: convert(pair.value, depth + 1),
        })),
      };
    }
    if (isSeq(node)) {
      return {
        kind: 'list',
        line,
        items: node.items.map(item => convert(item, depth + 1)),
      };
    }
    const value = isScalar(node) ? node.value : undefined;
    return {
      kind: 'scalar',
      line,
      value: value === null || value === undefined ? undefined : String(value),
    };
  };
  return convert(document.contents, 0);
}
