import { composeYaml } from './composeYaml';
import { plainValue } from './plainValue';
import { YamlLimits } from './yamlLimits';

/**
 * Entries of all lists named `tests`, `data_tests` or `unit_tests` in a YAML
 * text, with those that aliases stand for; none in a document that stands for nothing.
 *
 * @throws YamlLimitError where it is too much to read
 */
export function countTests(text: string, limits?: YamlLimits): number {
  return composeYaml(text, { uniqueKeys: false, limits }).reduce(
    (sum, document) => sum + countIn(plainValue(document)),
    0,
  );
}

function countIn(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 0;
  if (Array.isArray(node)) {
    return node.reduce<number>((sum, each) => sum + countIn(each), 0);
  }
  return Object.entries(node).reduce((sum, [key, value]) => {
    const own =
      /^(?:data_|unit_)?tests$/.test(key) && Array.isArray(value)
        ? value.length
        : 0;
    return sum + own + countIn(value);
  }, 0);
}
