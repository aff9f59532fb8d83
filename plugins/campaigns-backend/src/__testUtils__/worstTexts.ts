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

/** Letters and marks with which a run of one kind is made. */
const marks = [...' \t\n\r\\/*-_.,:;#@<>()[]{}|&!?=+~^$%`\'"0aAé'];

/** Beginnings of what readers look for, over and over. */
const words = [
  ...['a ', 'a\n', ' a', 'aA', 'a.', '.a', 'a-', 'a_', 'a/', '@a ', '#1 '],
  ...['"a', '" ', "' ", "'a", '"\\', '\\"', "\\'", '\\ ', '"""', "'''", '``'],
  ...['"""\\', "'''\\", '/*', '*/', '/**/', '//', '<!--', '-->', '{#', '{{'],
  ...['{% ', '-- ', '(a', '((', '(a)', '[]', '![', '](', '[a](', '|-', '| '],
  ...['||', '|| ', '&&', '=1 ', '= ', '>=', '==1', '1.', '1 ', '1_', '1*'],
  ...['_20240101', '**/', '*a', '?a', 'a=b/', '- a\n', 'a: b\n', 'a,b\n'],
  ...['+\n', '+a\n', '@@ ', '{"a":', '"a",', '# from: ', '\n#', '# ', '#\n'],
  ...['users_v1 ', 'users_v1.', '#users_v1\n', '--users_v1\n', '\ta\n'],
  ...['from ', 'select ', 'ref(', "ref('a", 'config(', 'it.', 'it(', 'test.'],
  ...['expect(', 'assert ', 'assert.', 'assert(', '@Test ', '#[a::', 'def '],
  ...['limit ', 'where ', 'coverage 1\n', 'exit 0 ', 'a:\n', 'test:\n\ta\n'],
  ...['pylint: ', 'type: ', '# type', 'error: ', ': error', '[error] ', 'at '],
  ...['FAIL ', '  \u25cf a\n', ' > a', 'a.java:1: ', '(a:1:1)', '    at a '],
  ...['Error: ', 'E   ', '____ ', '==== ', '\u001b[', '1:1 error ', '|1 '],
  ...['permission ', '[remote rejected] (', 'remote: ', 'https://', '://a:'],
  ...['-----BEGIN ', 'Bearer ', 'eyJaaaaaaaa.', 'sk-', 'ghp_', 'A_TOKEN='],
  ...['skip-', 'ci ', 'a-by', 'gh-', 'www', 'abcdef0 ', '&lt;', '\u200b'],
  ...[
    '\u2028',
    '\ud83d',
    '\ufdfa',
    '%41',
    'Dockerfile.',
    'test.test.',
    'dict(',
  ],
  ...[
    '"a": ',
    '{',
    'a = {',
    '["a",',
    'x{99}',
    'x{1000}',
    '\\pL{99}',
    '(x{9}){9}',
    '*?a*\n',
    '**/a/\n',
    '[^a]',
    '\\r\n',
    '\u0130',
  ],
];

/** What stands before a run of spaces without end. */
const openings = [
  ...['expect(', 'assert', 'it', ':', '||', '=', '#', 'where', 'limit', 'a'],
  ...['error:', '1:1 error a', '"', "'", '{{', 'a:', '```', 'exit', '- ', '('],
];

/**
 * What makes readers of any language slow: runs, words over and over, constructs
 * that nothing closes, in one line and in lines that are as long as some readers take.
 */
export function worstTexts(length: number): Array<[string, string]> {
  const lineOf = (piece: string) => `${filled(990, piece)}!\n`;
  return [
    ...[...marks, ...words].map((piece): [string, string] => [
      JSON.stringify(piece),
      filled(length, piece),
    ]),
    ...[...marks, ...words]
      .filter(piece => !piece.includes('\n'))
      .map((piece): [string, string] => [
        `lines of ${JSON.stringify(piece)}`,
        filled(length, lineOf(piece)),
      ]),
    ...openings.flatMap(
      (opening): Array<[string, string]> => [
        [
          `${JSON.stringify(opening)} and spaces`,
          `${opening}${filled(length, ' ')}x`,
        ],
        [
          `lines of ${JSON.stringify(opening)} and spaces`,
          filled(length, `${opening}${filled(980, ' ')}x\n`),
        ],
      ],
    ),
    ['different lines', numbered(length, index => `a${index}\n`)],
    ['keys', `{${numbered(length, index => `"k${index}":1,`)}"a":1}`],
    ['different columns', numbered(length, index => `c${index},`)],
  ];
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
