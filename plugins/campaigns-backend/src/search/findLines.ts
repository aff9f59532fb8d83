import { CodeSearchQuery } from '@skein/plugin-campaigns-common';
import { cutLine } from '@skein/plugin-campaigns-node';
import { RE2JS } from 're2js';
import { Turns } from '../loop/Turns';

/** A line of a text that matches. */
export interface FoundLine {
  /** 1-based. */
  line: number;
  text: string;
  ranges: Array<[number, number]>;
}

/** Longer lines, of data or minified code, are not searched for a pattern. */
const LINE_CHARACTERS = 5_000;
const PAUSE_CHARACTERS = 2_000;
/** Of a line; more of them are not shown. */
const MOST_SPANS = 20;

type Span = [from: number, to: number];

/**
 * The lines of a text in which a query is found, for files of which a provider
 * does not say where its matches are. In a long text, all else in the process
 * gets its turn.
 *
 * @param most - lines to give
 */
export async function findLines(
  text: string,
  query: Pick<CodeSearchQuery, 'query' | 'regex'>,
  most: number,
): Promise<FoundLine[]> {
  const spansOf = query.regex ? byPattern(query.query) : byWords(query.query);
  const found: FoundLine[] = [];
  const turns = new Turns();
  let unpaused = 0;
  const lines = text.split('\n');
  for (let index = 0; index < lines.length && found.length < most; index++) {
    const line = lines[index].replace(/\r$/, '');
    const spans = spansOf(line);
    if (spans.length > 0) {
      found.push({
        line: index + 1,
        ...cutLine(Buffer.from(line), inBytes(line, spans)),
      });
    }
    unpaused += line.length + 1;
    if (unpaused < PAUSE_CHARACTERS) continue;
    unpaused = 0;
    await turns.next();
  }
  return found;
}

function byPattern(pattern: string): (line: string) => Span[] {
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return line => {
    // A pattern that is found in an empty line is found in all of them, and refused before.
    if (line === '' || line.length > LINE_CHARACTERS) return [];
    const matcher = compiled.matcher(line);
    const spans: Span[] = [];
    while (spans.length < MOST_SPANS && matcher.find()) {
      spans.push([matcher.start(), matcher.end()]);
    }
    return spans;
  };
}

function byWords(words: string): (line: string) => Span[] {
  const literal = new RegExp(
    words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
    'giu',
  );
  return line => {
    const spans: Span[] = [];
    literal.lastIndex = 0;
    for (
      let match = literal.exec(line);
      match && match[0] !== '' && spans.length < MOST_SPANS;
      match = literal.exec(line)
    ) {
      spans.push([match.index, literal.lastIndex]);
    }
    return spans;
  };
}

/** Spans, in their order, in bytes of UTF-8. */
function inBytes(line: string, spans: Span[]) {
  let [seen, bytes] = [0, 0];
  const bytesTo = (offset: number) => {
    bytes += Buffer.byteLength(line.slice(seen, offset));
    seen = offset;
    return bytes;
  };
  return spans.map(([from, to]) => ({
    start: bytesTo(from),
    end: bytesTo(to),
  }));
}
