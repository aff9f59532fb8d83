import { ExtractedError } from '../protocol';

/** Characters of one token, near enough to keep a text under a budget. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Errors as text for a reader who pays by the token: as many as fit, the first
 * first, and how many were left out.
 */
export function renderErrors(
  errors: readonly ExtractedError[],
  maxTokens: number,
): string {
  const budget = maxTokens * CHARACTERS_PER_TOKEN;
  const parts: string[] = [];
  let used = 0;
  for (const error of errors) {
    const text = renderError(error);
    if (used + text.length + 1 > budget - 40 && parts.length > 0) break;
    parts.push(text.slice(0, Math.max(0, budget - 40)));
    used += text.length + 1;
  }
  const left = errors.length - parts.length;
  if (left > 0) parts.push(`(and ${left} more)`);
  return parts.join('\n');
}

/** The file before a test's name says nothing new. */
function shortTest({ file, test }: ExtractedError): string | undefined {
  const rest = file && test?.startsWith(file) ? test.slice(file.length) : test;
  return rest?.replace(/^(?:::| › )/, '');
}

/** `src/A.java:3:5: cannot find symbol [compiler.err]` and what belongs to it. */
export function renderError(error: ExtractedError): string {
  const { file, line, column, code, message, detail, count } = error;
  const test = shortTest(error);
  const place = [file, line, column].filter(part => part !== undefined);
  const head = [
    place.length > 0 && `${place.join(':')}:`,
    test && `${test}:`,
    message,
    code && `[${code}]`,
    count !== undefined && `(${count} times)`,
  ];
  const body = detail
    ? `\n${detail
        .split('\n')
        .map(each => `    ${each}`)
        .join('\n')}`
    : '';
  return head.filter(Boolean).join(' ') + body;
}
