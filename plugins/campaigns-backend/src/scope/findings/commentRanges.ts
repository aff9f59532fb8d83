interface CommentSyntax {
  line: string[];
  block: Array<[string, string]>;
  strings: string[];
}

const hash: CommentSyntax = { line: ['#'], block: [], strings: [`"`, `'`] };
const slashes: CommentSyntax = {
  line: ['//'],
  block: [['/*', '*/']],
  strings: ['"""', `"`],
};
const sql: CommentSyntax = {
  line: ['--', '#'],
  block: [
    ['/*', '*/'],
    ['{#', '#}'],
  ],
  strings: ["'''", '"""', `'`, `"`, '`'],
};

const syntaxes: Record<string, CommentSyntax> = {
  sql,
  py: { ...hash, strings: ["'''", '"""', `'`, `"`] },
  yaml: hash,
  yml: hash,
  toml: hash,
  sh: hash,
  bash: hash,
  r: hash,
  rb: hash,
  tf: hash,
  lkml: hash,
  scala: slashes,
  java: slashes,
  kt: slashes,
  go: { ...slashes, strings: ['`', `"`] },
  js: { ...slashes, strings: ['`', `"`, `'`] },
  ts: { ...slashes, strings: ['`', `"`, `'`] },
};

/**
 * The comments of a text in a known language, as half-open ranges; undefined
 * where the language has no entry here. One pass, and where it errs, for a
 * quote that opens no string for example, it calls less a comment, not more:
 * a string runs to the end of its line at most, unless its quote is a triple.
 */
export function commentRanges(
  path: string,
  text: string,
): Array<[number, number]> | undefined {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  const syntax = Object.hasOwn(syntaxes, extension)
    ? syntaxes[extension]
    : undefined;
  if (!syntax) return undefined;
  const ranges: Array<[number, number]> = [];
  for (let at = 0; at < text.length; ) {
    const block = syntax.block.find(([open]) => text.startsWith(open, at));
    const line = syntax.line.find(
      mark =>
        text.startsWith(mark, at) &&
        // `#` begins a comment after white space alone: `a#b` is a word.
        (mark !== '#' || at === 0 || /\s/.test(text[at - 1])),
    );
    const quote = syntax.strings.find(mark => text.startsWith(mark, at));
    if (block) {
      const end = endOf(text, block[1], at + block[0].length);
      ranges.push([at, end]);
      at = end;
    } else if (line) {
      const end = lineEnd(text, at);
      ranges.push([at, end]);
      at = end;
    } else if (quote) {
      at = stringEnd(text, quote, at + quote.length);
    } else {
      at += 1;
    }
  }
  return ranges;
}

function stringEnd(text: string, quote: string, from: number): number {
  const limit = quote.length === 3 ? text.length : lineEnd(text, from);
  for (let at = from; at < limit; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return limit;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function lineEnd(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}
