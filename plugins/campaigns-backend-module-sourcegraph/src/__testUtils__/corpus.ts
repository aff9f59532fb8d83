import { RE2JS } from 're2js';

/** A file that a server has indexed. */
export interface IndexedFile {
  repository: string;
  path: string;
  text: string;
}

/** A line that matches, with offsets in UTF-16 units. */
export interface IndexedLine {
  /** 1-based. */
  number: number;
  text: string;
  ranges: Array<[number, number]>;
}

/** What a server understood of a query. */
export type Understood = Record<string, string[]>;

/**
 * Reads a query of fields alone, as the parsers of both servers do: a value in
 * double quotes takes what follows a backslash as it is, and nothing but a
 * backslash or a quote may follow one.
 */
export function understand(query: string): Understood {
  const understood: Understood = {};
  let at = 0;
  while (at < query.length) {
    const field = /^ *([a-z]+):/.exec(query.slice(at));
    if (!field) throw new Error(`No field at ${at} in ${query}`);
    at += field[0].length;
    let value = '';
    if (query[at] === '"') {
      for (at += 1; query[at] !== '"'; at += 1) {
        if (at >= query.length) throw new Error('unterminated literal');
        if (query[at] === '\\') {
          at += 1;
          if (!/[\\"]/.test(query[at])) {
            throw new Error('unrecognized escape sequence');
          }
        }
        value += query[at];
      }
      at += 1;
    } else {
      while (at < query.length && query[at] !== ' ') value += query[at++];
    }
    (understood[field[1]] ??= []).push(value);
  }
  return understood;
}

/** Files with the lines in which `content` is found, under the filters `repo` and `file`. */
export function searchCorpus(
  corpus: IndexedFile[],
  { content, repo = [], file = [] }: Understood,
): Array<{ file: IndexedFile; lines: IndexedLine[] }> {
  const found = (pattern: string, text: string) =>
    RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).matcher(text).find();
  return corpus
    .filter(
      each =>
        repo.every(pattern => found(pattern, each.repository)) &&
        file.every(pattern => found(pattern, each.path)),
    )
    .map(each => ({ file: each, lines: linesOf(each.text, content[0]) }))
    .filter(each => each.lines.length > 0);
}

function linesOf(text: string, pattern: string): IndexedLine[] {
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return text.split('\n').flatMap((line, index) => {
    const matcher = compiled.matcher(line);
    const ranges: Array<[number, number]> = [];
    while (matcher.find()) ranges.push([matcher.start(), matcher.end()]);
    return ranges.length > 0 ? [{ number: index + 1, text: line, ranges }] : [];
  });
}
