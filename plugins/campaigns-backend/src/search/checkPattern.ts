import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { RE2JS } from 're2js';

/**
 * Why the pattern of a query cannot be searched for; undefined where it can.
 *
 * Patterns are those of RE2, which look at each character a bounded number of
 * times: no back references and no look-around, and repetitions up to 1,000.
 * Sourcegraph, Zoekt and the built-in search read the same.
 */
export function checkPattern(
  query: Pick<CodeSearchQuery, 'query' | 'regex'>,
): string | undefined {
  if (!query.regex) return undefined;
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
  return pattern.matches('') || pattern.matcher('').find()
    ? `'${query.query}' matches an empty line, and so everything: ask for at least one character`
    : undefined;
}
