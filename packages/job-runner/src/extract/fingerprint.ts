import { FoundError } from './types';

/**
 * What makes two errors the same one in two runs of a check: tool, file, rule,
 * test and words, but not the place in the file, which moves with every edit,
 * and no number, address or time, which change from run to run.
 */
export function fingerprint(error: FoundError): string {
  const { tool, file = '', code = '', test } = error;
  // A failing test is the same one whatever it says this time, and wherever.
  return test === undefined
    ? [tool, file, code, withoutNumbers(error.message)].join('\u0001')
    : [tool, test].join('\u0001');
}

function withoutNumbers(text: string): string {
  return text
    .toLowerCase()
    .replace(/\b0x[0-9a-f]+\b/g, '#')
    .replace(/\b[0-9a-f]{7,64}\b/g, '#')
    .replace(/\d+/g, '#')
    .replace(/\/(?:tmp|var\/folders)\/[^\s'"):]*/g, '<tmp>')
    .replace(/\s+/g, ' ')
    .trim();
}
