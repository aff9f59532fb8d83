import { Document, isAlias, isMap, isScalar, isSeq, LineCounter } from 'yaml';
import { composeYamlDocument } from '../yaml/composeYaml';
import { YamlLimitError } from '../yaml/yamlLimits';
import { LiteralNode } from './LiteralNode';

/** A YAML text that cannot be read. */
export class YamlProblem extends Error {
  constructor(message: string, readonly line: number) {
    super(message);
  }
}

const MAX_DEPTH = 50;

function readDocument(text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return composeYamlDocument(text, { lineCounter, uniqueKeys: false });
  } catch (error) {
    if (!(error instanceof YamlLimitError)) throw error;
    throw new YamlProblem(error.message, error.line ?? 1);
  }
}

/**
 * Reads a YAML text as literals with their lines.
 *
 * @throws YamlProblem where it is not YAML
 */
export function parseYaml(text: string): LiteralNode {
  const lines = new LineCounter();
  const document = readDocument(text, lines);
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
  const anchored = new Map<string, LiteralNode>();
  function convert(node: unknown, depth: number): LiteralNode {
    const line = lineOf(node);
    const nothing: LiteralNode = { kind: 'scalar', line, value: undefined };
    if (depth > MAX_DEPTH) return nothing;
    if (isAlias(node)) return anchored.get(node.source) ?? nothing;
    const literal = literalOf(node, line, depth);
    const { anchor } = (node ?? {}) as { anchor?: string };
    if (anchor) anchored.set(anchor, literal);
    return literal;
  }
  function literalOf(node: unknown, line: number, depth: number): LiteralNode {
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
  }
  return convert(document.contents, 0);
}
