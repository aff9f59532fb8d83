import { composeYaml } from './composeYaml';
import { countTests } from './countTests';
import { plainValue } from './plainValue';
import { proseRanges, TextRange } from './proseRanges';
import { largeYamlLimits, YamlLimits } from './yamlLimits';

/** What may be asked of a YAML text. */
export interface YamlAnswers {
  /** How many tests it declares. */
  tests: number;
  /** Where it speaks to people. */
  prose: TextRange[];
  /** Its documents as plain values; empty where it is no YAML. */
  values: unknown[];
}

/**
 * Answers a question about a YAML text of somebody else.
 *
 * @throws YamlLimitError where the text is beyond the limits
 */
export function answerYaml<Question extends keyof YamlAnswers>(
  question: Question,
  text: string,
  limits: YamlLimits = largeYamlLimits,
): YamlAnswers[Question] {
  const answers: {
    [Each in keyof YamlAnswers]: () => YamlAnswers[Each];
  } = {
    tests: () => countTests(text, limits),
    prose: () => proseRanges(text, limits),
    values: () => valuesOf(text, limits),
  };
  return answers[question]();
}

function valuesOf(text: string, limits: YamlLimits): unknown[] {
  const documents = composeYaml(text, { uniqueKeys: false, limits });
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  const values = documents.map(plainValue);
  return values.includes(undefined) ? [] : values;
}
