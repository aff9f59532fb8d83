import { Document, isAlias, isCollection, isPair, isScalar } from 'yaml';
import { YamlLimitError, YamlLimits } from './yamlLimits';

/** How much a part of a document is once its aliases are written out. */
interface Extent {
  values: number;
  depth: number;
}

const single: Extent = { values: 1, depth: 0 };
const endless: Extent = { values: Infinity, depth: Infinity };

/**
 * Measures a document once its aliases are written out, so that who walks
 * through what it stands for takes no longer, and goes no deeper, than for
 * a text without them.
 *
 * @throws YamlLimitError where that is too much, or without end: an alias inside of what it stands for
 */
export function checkValues(
  document: Document.Parsed,
  limits: YamlLimits,
): void {
  /** By anchor; endless while it is read. */
  const anchored = new Map<string, Extent>();
  function extentOf(node: unknown): Extent {
    if (isAlias(node)) return anchored.get(node.source) ?? single;
    if (isPair(node)) return joined([node.key, node.value], 0);
    if (!isCollection(node)) {
      if (isScalar(node) && node.anchor) anchored.set(node.anchor, single);
      return single;
    }
    if (node.anchor) anchored.set(node.anchor, endless);
    const extent = joined(node.items, 1);
    if (node.anchor) anchored.set(node.anchor, extent);
    return extent;
  }
  function joined(nodes: unknown[], own: number): Extent {
    let values = own;
    let depth = own;
    for (const node of nodes) {
      const extent = extentOf(node);
      values += extent.values;
      depth = Math.max(depth, own + extent.depth);
      if (values > limits.values) throw new YamlLimitError('values', limits);
      if (depth > limits.depth) throw new YamlLimitError('depth', limits);
    }
    return { values, depth };
  }
  extentOf(document.contents);
}
