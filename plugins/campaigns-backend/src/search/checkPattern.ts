import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { RE2JS } from 're2js';

/** Of all `{…}` of a pattern together. */
const MOST_REPETITIONS = 1_000;
/** Steps that each character of a text may take; a pattern of 200 letters has as many. */
const MOST_STEPS = 2_000;

/**
 * Why the pattern of a query cannot be searched for; undefined where it can.
 *
 * Patterns are those of RE2, which look at each character a bounded number of
 * times: no back references and no look-around, and repetitions up to 1,000,
 * of all of it together.
 * Sourcegraph, Zoekt and the built-in search read the same.
 */
export function checkPattern(
  query: Pick<CodeSearchQuery, 'query' | 'regex'>,
): string | undefined {
  if (!query.regex) return undefined;
  const repetitions = query.query.match(/\d+(?=(?:,\d*)?\})/g) ?? [];
  if (sumOf(repetitions.map(Number)) > MOST_REPETITIONS) return tooLarge(query);
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(query.query);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `'${
      query.query
    }' is not a regular expression as RE2 reads it: ${reason.replace(
      /^error parsing regexp: /,
      '',
    )}`;
  }
  if (pattern.programSize() > MOST_STEPS) return tooLarge(query);
  return pattern.matches('') || pattern.matcher('').find()
    ? `'${query.query}' matches an empty line, and so everything: ask for at least one character`
    : undefined;
}

function tooLarge({ query }: Pick<CodeSearchQuery, 'query'>): string {
  return `'${query}' repeats too much to be searched for: use smaller numbers in {…}, or * and +`;
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
