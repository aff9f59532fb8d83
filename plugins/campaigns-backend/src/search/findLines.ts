import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { cutLine } from '@skein/plugin-campaigns-node';
import { RE2JS } from 're2js';

/** A line of a text that matches. */
export interface FoundLine {
  /** 1-based. */
  line: number;
  text: string;
  ranges: Array<[number, number]>;
}

/**
 * The lines of a text in which a query is found, for files of which a provider
 * does not say where its matches are.
 *
 * @param most - lines to give
 */
export function findLines(
  text: string,
  query: Pick<CodeSearchQuery, 'query' | 'regex'>,
  most: number,
): FoundLine[] {
  const pattern = RE2JS.compile(
    query.regex ? query.query : RE2JS.quote(query.query),
    RE2JS.CASE_INSENSITIVE,
  );
  const found: FoundLine[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length && found.length < most; index++) {
    const line = lines[index].replace(/\r$/, '');
    const matcher = pattern.matcher(line);
    const spans: Array<{ start: number; end: number }> = [];
    while (matcher.find()) {
      spans.push({
        start: Buffer.byteLength(line.slice(0, matcher.start())),
        end: Buffer.byteLength(line.slice(0, matcher.end())),
      });
    }
    if (spans.length > 0) {
      found.push({ line: index + 1, ...cutLine(Buffer.from(line), spans) });
    }
  }
  return found;
}
