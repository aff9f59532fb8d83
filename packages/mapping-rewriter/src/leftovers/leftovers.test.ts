import fc from 'fast-check';
import { parseMapping } from '../mapping/parseMapping';
import { rewrite } from '../rewrite/rewrite';
import { LeftoverReason, SourceFile } from '../types';

const { tables } = parseMapping(
  `from: acme.d.users_v1
to: acme.d.users_v2
columns:
  - { old_column: user_mail, new_column: mail }
`,
  'yaml',
);

const run = (files: SourceFile[]) =>
  rewrite(files, tables, { defaultProject: 'acme', leaveNotes: false });

const reasonsOf = (path: string, content: string) =>
  run([{ path, content }]).leftovers.byReason;

describe('leftovers', () => {
  const cases: [
    string,
    string,
    string,
    Partial<Record<LeftoverReason, number>>,
  ][] = [
    [
      'nothing where all is changed',
      'a.sql',
      'SELECT user_mail FROM d.users_v1 WHERE user_mail > 1',
      {},
    ],
    ['nothing where all is refused', 'a.sql', 'DROP TABLE d.users_v1', {}],
    [
      'tables of other datasets',
      'a.sql',
      'SELECT 1 AS a FROM other.users_v1',
      { 'same-name': 1 },
    ],
    [
      'columns of other tables',
      'a.sql',
      'SELECT o.user_mail AS a FROM d.users_v1 u JOIN d.orders o ON o.k = u.k',
      { 'same-name': 1 },
    ],
    [
      'names that the text gives',
      'a.sql',
      'SELECT users_v1.k AS user_mail FROM d.users_v1 AS users_v1',
      { 'own-name': 3 },
    ],
    [
      'comments',
      'a.sql',
      '-- reads users_v1\nSELECT k FROM d.users_v1',
      { comment: 1 },
    ],
    [
      'history',
      'a.sql',
      '-- reads users_v1 since 2019-11-22\nSELECT k FROM d.users_v1',
      { history: 1 },
    ],
    ['documentation', 'README.md', 'Reads `users_v1`.', { documentation: 1 }],
    ['a changelog', 'CHANGELOG.md', 'Reads `users_v1`.', { history: 1 }],
    [
      'what the project defines',
      'models/a.yml',
      'models:\n  - name: users_v1\n',
      { definition: 1 },
    ],
    ['strings', 'a.py', 'log("rows of users_v1: none")', { text: 1 }],
    ['words of a program', 'a.py', 'users_v1 = 3', { code: 1 }],
    ['files that are not read', 'a.html', '<p>users_v1</p>', { 'not-read': 1 }],
    [
      'columns of a reference that stays',
      'a.sql',
      'INSERT INTO d.users_v1 (user_mail) SELECT user_mail FROM d.t',
      { stays: 1, 'same-name': 1 },
    ],
  ];
  it.each(cases)('lists %s', (_, path, content, expected) => {
    expect(reasonsOf(path, content)).toEqual(expected);
  });

  it('says where a name stays, and whose it is', () => {
    const { leftovers } = run([
      { path: 'a.py', content: 'x = 1\ny = users_v1' },
    ]);
    expect(leftovers.places).toEqual([
      {
        file: 'a.py',
        span: { start: 10, end: 18, line: 2, column: 5 },
        text: 'users_v1',
        cause: 'acme.d.users_v1',
        reason: 'code',
      },
    ]);
  });

  const piece = fc.constantFrom(
    'SELECT user_mail FROM d.users_v1;',
    'SELECT * FROM d.users_v1;',
    'SELECT u.user_mail, o.user_mail AS x FROM d.users_v1 u JOIN d.orders o ON o.k = u.k;',
    '-- users_v1 has user_mail\n',
    "SELECT 'users_v1' AS user_mail FROM other.users_v1;",
    'INSERT INTO d.users_v1 (user_mail) SELECT 1;',
    'WITH users_v1 AS (SELECT user_mail FROM d.t) SELECT user_mail FROM users_v1;',
    'CREATE VIEW d.users_v2 AS SELECT user_mail AS mail FROM d.users_v1;',
    'SELECT users_v1 FROBNICATE user_mail FROM d.users_v1 x y;',
    'log("users_v1")\n',
    '{{ ref("users_v1") }} {% if users_v1 %} {% endif %}',
    'name: users_v1\n',
    '## 2020-02-02\nusers_v1\n',
    '`d.users_v1`',
    'users_v11 my_users_v1 users_v1-x',
  );
  const path = fc.constantFrom(
    'a.sql',
    'b.py',
    'c.yml',
    'd.md',
    'e.txt',
    'f.scala',
    'g.sh',
  );

  it('are, with edits and refusals, all mapped names of a project', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({
            path,
            content: fc
              .array(piece, { maxLength: 6 })
              .map(texts => texts.join(' ')),
          }),
          { selector: file => file.path, maxLength: 5 },
        ),
        files => {
          const result = run(files);
          let names = 0;
          let told = 0;
          for (const file of files) {
            const changed = result.files.find(it => it.path === file.path);
            const spans = [
              ...(changed?.edits ?? []),
              ...(changed?.refusals ?? []),
            ].map(({ span }) => span);
            for (const match of file.content.matchAll(
              /(?<!\w)users_v1(?!\w)/g,
            )) {
              names += 1;
              const at = match.index!;
              const said =
                spans.some(({ start, end }) => start <= at && at < end) ||
                result.leftovers.places.some(
                  ({ file: left, span }) =>
                    left === file.path && span.start === at,
                );
              told += said ? 1 : 0;
            }
          }
          expect(told).toBe(names);
          expect(
            Object.values(result.leftovers.byReason).reduce((a, b) => a + b, 0),
          ).toBe(result.leftovers.total);
        },
      ),
      { numRuns: 300 },
    );
  });
});
