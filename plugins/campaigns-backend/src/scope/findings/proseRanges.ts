import { isPair, isScalar, parseAllDocuments, visit } from 'yaml';

/** Keys whose values are for people. */
const proseKeys = new Set([
  'description',
  'summary',
  'title',
  'doc',
  'docs',
  'comment',
  'note',
  'notes',
]);

/** A larger file is not worth the time of parsing it for its prose. */
const MAX_LENGTH = 256 * 1024;

/** Values for people in a YAML file, as half-open ranges; none where it cannot be parsed. */
export function proseRanges(
  path: string,
  text: string,
): Array<[number, number]> {
  if (!/\.ya?ml$/i.test(path) || text.length > MAX_LENGTH) return [];
  const ranges: Array<[number, number]> = [];
  try {
    for (const document of parseAllDocuments(text)) {
      visit(document, {
        Scalar(_key, node, ancestors) {
          const parent = ancestors[ancestors.length - 1];
          if (
            node.range &&
            isPair(parent) &&
            parent.value === node &&
            isScalar(parent.key) &&
            proseKeys.has(String(parent.key.value).toLowerCase())
          ) {
            ranges.push([node.range[0], node.range[1]]);
          }
        },
      });
    }
  } catch {
    return [];
  }
  return ranges;
}
