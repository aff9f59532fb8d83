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
  for (const match of text.matchAll(tokenOf(syntax))) {
    const [whole, comment] = match;
    if (comment === undefined) continue;
    ranges.push([match.index, match.index + whole.length]);
  }
  return ranges;
}

/**
 * A comment, as its group, or a string. Each goes on to its end or that of the
 * text or line, so that nothing is read a second time.
 */
function tokenOf({ block, line, strings }: CommentSyntax): RegExp {
  const comments = [
    ...block.map(
      ([open, close]) => `${literal(open)}[^]*?(?:${literal(close)}|$)`,
    ),
    // `#` begins a comment after white space alone: `a#b` is a word.
    ...line.map(
      mark => `${mark === '#' ? '(?<!\\S)' : ''}${literal(mark)}[^\\n]*`,
    ),
  ];
  const texts = strings.map(quote =>
    quote.length === 3
      ? `${quote}(?:[^\\\\]|\\\\[^])*?(?:${quote}|\\\\?$)`
      : `${quote}(?:[^${quote}\\\\\\n]|\\\\[^\\n])*(?:${quote}|\\\\?)`,
  );
  return new RegExp(`(${comments.join('|')})|${texts.join('|')}`, 'g');
}

function literal(mark: string): string {
  return mark.replace(/[^\w#-]/g, '\\$&');
}
