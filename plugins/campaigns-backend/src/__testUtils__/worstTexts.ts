/** One piece over and over, to a length. */
export function filled(length: number, piece: string): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** Pieces by number, to a length. */
export function numbered(
  length: number,
  piece: (index: number) => string,
): string {
  const pieces: string[] = [];
  for (let [index, sum] = [0, 0]; sum < length; index += 1) {
    const next = piece(index);
    pieces.push(next);
    sum += next.length;
  }
  return pieces.join('');
}

/** What makes readers of any language slow: long runs, lines without end, constructs that nothing closes. */
export function worstTexts(length: number): Array<[string, string]> {
  return [
    'a',
    ' ',
    '\t',
    '\n',
    '\r\n',
    ' \n',
    'a ',
    'a\n',
    '"',
    "'",
    '`',
    '\\',
    '/',
    '*',
    '-',
    '_',
    '.',
    ',',
    '#',
    '@',
    '<',
    '<!--',
    '/*',
    '{{',
    '{%',
    '{',
    '[',
    '(',
    '((',
    '[]',
    '![',
    '](',
    '| ',
    '|-',
    '0',
    'é',
    '\u200b',
    'from ',
    'select (',
    'ref(',
    "ref('a",
    '{{ config(',
    'a.',
    '@a ',
    '**/',
    '+\n',
    '@@ ',
    'https://',
    'error: ',
  ].map(piece => [JSON.stringify(piece), filled(length, piece)]);
}

/** What makes readers of YAML slow. */
export function worstYaml(length: number): Array<[string, string]> {
  const fill = (piece: string) => filled(length, piece);
  const list = (piece: (index: number) => string) => numbered(length, piece);
  const base = '- &a 1\n';
  return [
    ['keys', list(i => `k${i}: 1\n`)],
    ['keys in one line', `{${list(i => `k${i}: 1,`)}}`],
    ['one key over and over', fill('a: 1\n')],
    ['collections that nothing closes', fill('{a: [')],
    ['lists in lists', fill('- ')],
    ['maps in maps', list(i => `${' '.repeat(i)}a:\n`)],
    ['keys of keys', fill('? ')],
    ['anchors', list(i => `- &a${i} 1\n`)],
    ['aliases', base + fill('- *a\n')],
    ['aliases of nothing', fill('- *b\n')],
    ['merges', `a: &a {x: 1}\n${list(i => `m${i}: {<<: *a}\n`)}`],
    ['a large map merged', largeMerge(length)],
    ['aliases of aliases', bomb()],
    ['documents', fill('---\n')],
    ['errors', fill('- ]\n')],
    ['commas', `[${fill(',')}]`],
    ['quotes', fill('""')],
    ['a quote that nothing closes', `"${fill('a\n')}`],
    ['lines in quotes', `'${fill('a\n')}'`],
    ['a plain text of many lines', `a: ${fill(' b\n')}`],
    ['a folded text', `a: >\n${fill(' b\n\n  c\n')}`],
    ['a block of empty lines', `a: |\n${fill('\n')}`],
    ['tags', fill('- !a b\n')],
    ['directives', fill('%YAML 1.2\n')],
    ['comments', fill('#a\n')],
    ['a number that is none', `a: ${fill('1_')}x`],
    [
      'an ordered map',
      `%YAML 1.1\n---\na: !!omap\n${list(i => `- k${i}: 1\n`)}`,
    ],
    ['keys that are lists', list(i => `? [a${i}]\n: 1\n`)],
    ['a value after many comments', `a:\n${fill('#c\n')} b`],
    ['an item after many empty lines', `- a\n-${fill('\n')} b`],
    ['a list that many aliases stand for', manyAliases(length)],
    ['an alias of itself', 'a: &a [*a, *a]\n'],
  ];
}

function largeMerge(length: number): string {
  const map = numbered(length / 2, i => `k${i}: 1, `);
  return `%YAML 1.1\n---\na: &a {${map}}\n${numbered(
    length / 2,
    i => `m${i}: {<<: *a}\n`,
  )}`;
}

function manyAliases(length: number): string {
  const most = Math.min(length, 60_000);
  const items = numbered(most, index => `  - ${index}\n`);
  const uses = filled(most / 4, '- *a\n').slice(0, 90 * 5);
  return `- &a\n${items}${uses}`;
}

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level += 1) {
    const items = Array(9)
      .fill(`*a${level - 1}`)
      .join(', ');
    lines.push(`a${level}: &a${level} [${items}]`);
  }
  return lines.join('\n');
}
