import { isScalar, visit } from 'yaml';
import { composeYaml } from './composeYaml';
import { YamlLimits } from './yamlLimits';

/** A part of a text, half-open. */
export type TextRange = [from: number, to: number];

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

/**
 * Values for people in a YAML text, in the order of the text.
 *
 * @throws YamlLimitError where it is too much to read
 */
export function proseRanges(text: string, limits?: YamlLimits): TextRange[] {
  const ranges: TextRange[] = [];
  for (const document of composeYaml(text, { uniqueKeys: false, limits })) {
    visit(document, {
      Pair(_key, { key, value }) {
        if (
          isScalar(key) &&
          isScalar(value) &&
          value.range &&
          proseKeys.has(String(key.value).toLowerCase())
        ) {
          ranges.push([value.range[0], value.range[1]]);
        }
      },
    });
  }
  return ranges;
}
