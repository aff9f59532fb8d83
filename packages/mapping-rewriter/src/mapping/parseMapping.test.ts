import { checkMapping } from './checkMapping';
import { parseMapping } from './parseMapping';
import { previewMapping } from './previewMapping';

const names = { from: 'p.d.old', to: 'p.d.new' };

describe('parseMapping', () => {
  it('reads YAML with the line of each column', () => {
    const { tables, problems } = parseMapping(
      'from: p.d.old\nto: p.d.new\nsources:\n  - { from: d.old, to: d.new }\ncolumns:\n  - old_column: a\n    new_column: b\n    transform: CAST(b AS INT64)\n  - { old_column: c, decision: person, note: ask }\n',
      'yaml',
    );
    expect(problems).toEqual([]);
    expect(tables).toEqual([
      {
        from: 'p.d.old',
        to: 'p.d.new',
        sources: [{ from: 'd.old', to: 'd.new', line: 4 }],
        columns: [
          { from: 'a', to: 'b', transform: 'CAST(b AS INT64)', line: 6 },
          { from: 'c', decision: 'person', note: 'ask', line: 9 },
        ],
      },
    ]);
  });

  it('reads the short forms that people write', () => {
    const columns = [
      { from: 'a', to: 'b' },
      { from: 'c', to: 'd' },
    ];
    const short = 'from: p.d.old\nto: p.d.new\ncolumns: { a: b, c: d }\n';
    const python = 'MAPPING = {"a": "b", "c": "d"}  # old to new\n';
    const csv =
      '# from: p.d.old\n# to: p.d.new\nold_column,new_column\na,b\nc,d\n';
    for (const { tables } of [
      parseMapping(short, 'yaml'),
      parseMapping(python, 'python', names),
      parseMapping(csv, 'csv'),
    ]) {
      expect(tables).toMatchObject([{ ...names, columns }]);
    }
  });

  it('reads CSV with commas in quotes and the lines of the file', () => {
    const { tables, problems } = parseMapping(
      'old_column,new_column,transform,decision,note\na,b,"DIV(b, 1000)",,milliseconds\nc,,,person,ask\n',
      'csv',
      names,
    );
    expect(problems).toEqual([]);
    expect(tables[0].columns).toEqual([
      {
        from: 'a',
        to: 'b',
        transform: 'DIV(b, 1000)',
        note: 'milliseconds',
        line: 2,
      },
      { from: 'c', decision: 'person', note: 'ask', line: 3 },
    ]);
  });

  it.each([
    ['yaml', 'from: [', 1],
    ['yaml', 'columns: { a: b }', 1],
    ['csv', 'a,b\n1,2\n', 1],
    [
      'csv',
      '# from: p.d.o\n# to: p.d.n\nold_column,new_column,transform\na,b,DIV(b, 10)\n',
      4,
    ],
    ['python', 'MAPPING = {"a": other}', 1],
    ['python', 'MAPPING = {\n  "a": "b"\n  "c": "d",\n}', 3],
  ] as const)('says in which line %s is wrong: %j', (format, text, line) => {
    const { problems } = parseMapping(text, format);
    expect(
      problems.filter(({ severity }) => severity === 'error'),
    ).toMatchObject([{ line }]);
  });
});

describe('checkMapping', () => {
  const schemas = {
    'p.d.old': { a: 'INT64', c: 'STRING' },
    'p.d.new': { b: 'STRING', c: 'STRING' },
  };
  const check = (columns: object[]) =>
    checkMapping(
      parseMapping(JSON.stringify({ ...names, columns }), 'yaml').tables,
      schemas,
    ).map(({ message }) => message);

  it('finds nothing in a good table', () => {
    expect(
      check([{ from: 'a', to: 'b', transform: 'CAST(b AS INT64)' }]),
    ).toEqual([]);
  });

  it.each([
    [{ from: 'aa', to: 'b' }, /p\.d\.old has no column aa; did you mean a\?/],
    [{ from: 'a', to: 'bb' }, /p\.d\.new has no column bb; did you mean b\?/],
    [{ from: 'a', to: 'b', transform: 'CAST(b AS' }, /does not parse/],
    [
      { from: 'a', to: 'b', transform: 'b + z' },
      /reads z, which p\.d\.new does not have/,
    ],
    [{ from: 'a', to: 'b', transform: 'a + b' }, /reads both a and b/],
    [{ from: 'a', to: 'b' }, /a is INT64 and b is STRING/],
    [{ from: 'a b', to: 'b' }, /'a b' is not a column name/],
  ])('finds the mistake in %j', (column, message) => {
    expect(check([column]).join('\n')).toMatch(message);
  });

  it('finds columns mapped twice and mappings in a circle', () => {
    expect(
      check([
        { from: 'a', to: 'b' },
        { from: 'A', to: 'c' },
      ]).join('\n'),
    ).toMatch(/A is mapped twice/);
    const circle = [
      { from: 'p.d.x', to: 'p.d.y', columns: [] },
      { from: 'p.d.y', to: 'p.d.x', columns: [] },
    ];
    expect(checkMapping(circle).map(({ message }) => message)).toContain(
      'The mappings go in a circle: p.d.x to p.d.y to p.d.x',
    );
  });
});

describe('previewMapping', () => {
  it('shows what each line does, as the rewriter does it', () => {
    const lines = previewMapping({
      ...names,
      columns: [
        { from: 'a', to: 'b', transform: 'CAST(b AS INT64)' },
        { from: 'c', to: 'd' },
        { from: 'e' },
        { from: 'f', decision: 'person' },
        { from: 'g', to: 'h', transform: 'g * 2' },
        { from: 'i', to: 'i' },
      ],
    });
    expect(lines.map(({ action }) => action)).toEqual([
      'convert',
      'rename',
      'drop',
      'person-decides',
      'forward-only',
      'keep',
    ]);
    expect(lines[0].example).toEqual({
      before: 'SELECT a FROM `p.d.old`',
      after: 'SELECT CAST(b AS INT64) AS a FROM `p.d.new`',
    });
    expect(lines[3].example).toBeUndefined();
  });
});
