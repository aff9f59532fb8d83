import { isMap, isScalar, isSeq, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { composeYaml } from '../yaml/composeYaml';
import { largeYamlLimits } from '../yaml/yamlLimits';

/** A YAML file, read with the place of every node. */
export interface YamlFile {
  path: string;
  content: string;
  roots: YAMLMap[];
}

/** Reads a YAML file; undefined where it is not YAML (a template, for example) or holds no map. */
export function readYaml(path: string, content: string): YamlFile | undefined {
  try {
    const documents = composeYaml(content, {
      strict: false,
      uniqueKeys: false,
      // Files are looked through in a process of its own.
      limits: largeYamlLimits,
    });
    if (documents.some(document => document.errors.length > 0)) {
      return undefined;
    }
    const roots = documents
      .map(document => document.contents as unknown)
      .filter((node): node is YAMLMap => isMap(node));
    return { path, content, roots };
  } catch {
    return undefined;
  }
}

/** The value of a key, as a node. */
export function child(node: unknown, key: string): Node | undefined {
  if (!isMap(node)) {
    return undefined;
  }
  const pair = node.items.find(p => isScalar(p.key) && p.key.value === key) as
    | Pair
    | undefined;
  return (pair?.value as Node | null) ?? undefined;
}

export const items = (node: unknown): Node[] =>
  isSeq(node) ? (node.items as Node[]).filter(Boolean) : [];

export function text(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string'
    ? node.value
    : undefined;
}

/** Offsets of a plain or quoted one-line scalar's text, without its quotes; undefined where the text is not spelled as it reads. */
export function textSpan(
  file: YamlFile,
  node: unknown,
): { start: number; end: number } | undefined {
  if (
    !isScalar(node) ||
    typeof (node as Scalar).value !== 'string' ||
    !node.range
  ) {
    return undefined;
  }
  const [from, to] = node.range;
  const raw = file.content.slice(from, to);
  const value = node.value as string;
  if (raw === value) {
    return { start: from, end: to };
  }
  const quoted = raw[0] === '"' || raw[0] === "'";
  return quoted && raw.slice(1, -1) === value
    ? { start: from + 1, end: to - 1 }
    : undefined;
}

export { isMap, isScalar, isSeq };
