import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { parseMapping } from '../mapping/parseMapping';
import { rewrite } from '../rewrite/rewrite';
import { RewriteOptions } from '../types';
import { checkSql, SqlCheckOptions } from './checkSql';

const options: SqlCheckOptions = {
  defaultProject: 'acme',
  mappings: [
    {
      from: 'acme.user_data.users_v1',
      to: 'acme.user_data.users_v2',
      columns: [],
    },
  ],
  schemas: {
    'acme.user_data.users_v1': {
      user_id: 'INT64',
      country: 'STRING',
      born: 'DATE',
    },
    'acme.user_data.users_v2': {
      user_identifier: 'STRING',
      born: 'DATE',
      address: 'STRUCT',
      'address.country_code': 'STRING',
    },
  },
};
const old = 'SELECT u.user_id, u.born FROM user_data.users_v1 AS u';

function check(after: string, before = old, more: SqlCheckOptions = {}) {
  const files = (content: string) => [
    { path: 'models/a.sql', content },
    {
      path: 'models/b.sql',
      content: 'SELECT nonsense FROM user_data.users_v2',
    },
  ];
  return checkSql(files(before), files(after), { ...options, ...more }).map(
    ({ kind, line, message }) => `${kind} ${line}: ${message}`,
  );
}

describe('checkSql', () => {
  it.each([
    [
      'a cast that keeps the type',
      'SELECT CAST(u.user_identifier AS INT64) AS user_id, u.born FROM user_data.users_v2 AS u',
    ],
    [
      'a type that is called differently',
      'SELECT CAST(user_identifier AS BIGINT) user_id, born FROM `acme.user_data.users_v2`',
    ],
    [
      'a nested field',
      'WITH u AS (SELECT * FROM user_data.users_v2) SELECT 1 AS user_id, u.born FROM u WHERE u.address.country_code = "SE"',
    ],
    [
      'a template that hides what it reads',
      'SELECT {{ columns() }} FROM {{ source("a", "b") }} WHERE anything = 1',
    ],
    ['names of the output', `${old} GROUP BY 1, born ORDER BY user_id`],
    [
      'date parts and functions',
      `${old} WHERE DATE_DIFF(CURRENT_DATE(), u.born, DAY) > 3`,
    ],
  ])('finds nothing in %s', (_, after) => {
    expect(check(after)).toEqual([]);
  });

  it.each([
    [
      'a column that the new table has not',
      'SELECT u.user_id, u.born FROM user_data.users_v2 AS u',
      ['unknown-column 1: no table of the query has a column u.user_id'],
    ],
    [
      'a column without its table',
      'SELECT 1 AS user_id, born\nFROM user_data.users_v2\nWHERE country = "SE"',
      ['unknown-column 3: no table of the query has a column country'],
    ],
    [
      'a column that a WITH query does not give',
      'WITH u AS (SELECT born FROM user_data.users_v2) SELECT 1 AS user_id, born, u.gone AS x FROM u',
      ['unknown-column 1: no table of the query has a column u.gone'],
    ],
    [
      'a field that the record has not',
      'SELECT 1 AS user_id, u.born FROM user_data.users_v2 u WHERE u.address.country = "SE"',
      ['unknown-column 1: no table of the query has a field u.address.country'],
    ],
    [
      'another type of an output',
      'SELECT u.user_identifier AS user_id, u.born FROM user_data.users_v2 AS u',
      [
        'output-type 1: the query gives user_id as STRING, and gave it as INT64',
      ],
    ],
    [
      'an output through a WITH query',
      'WITH x AS (SELECT user_identifier AS user_id, born FROM user_data.users_v2) SELECT user_id, born FROM x',
      [
        'output-type 1: the query gives user_id as STRING, and gave it as INT64',
      ],
    ],
    [
      'an output that is gone',
      'SELECT u.user_identifier, u.born FROM user_data.users_v2 AS u',
      ['output-gone 1: the query gives no column user_id any more'],
    ],
    [
      'a table that somebody made up',
      'SELECT 1 AS user_id, u.born FROM user_data.users_v2 u JOIN user_data.user_countries c USING (born)',
      [
        'unknown-table 1: acme.user_data.user_countries is read, which nothing read before and no schema knows',
      ],
    ],
  ])('finds %s', (_, after, expected) => {
    expect(check(after)).toEqual(expected);
  });

  it('finds a statement that does not parse any more', () => {
    expect(check(`${old} WHERE (u.born > 1`)).toEqual([
      expect.stringMatching(/^unparsable 1: the statement does not parse: /),
    ]);
  });

  it('says nothing of what was wrong before, also where it has moved', () => {
    const wrong = 'SELECT nowhere, born FROM user_data.users_v1';
    expect(
      check('SELECT\n  nowhere,\n  born\nFROM user_data.users_v2', wrong),
    ).toEqual([]);
  });

  it('lets outputs be renamed where the campaign renames them', () => {
    expect(
      check(
        'SELECT u.user_identifier, u.born FROM user_data.users_v2 AS u',
        old,
        { outputs: 'rename' },
      ),
    ).toEqual([]);
  });
});

interface Trap {
  trap: string;
  from?: string;
  path?: string;
  files?: Record<string, string>;
  options?: RewriteOptions;
}

describe('checkSql after the rewriter', () => {
  const folder = join(__dirname, '../traps');
  const load = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { tables } = parseMapping(load('mapping.yaml'), 'yaml');
  const traps = readdirSync(folder)
    .filter(name => name.endsWith('.yaml') && name !== 'mapping.yaml')
    .flatMap(name => parse(load(name)) as Trap[]);

  it('has nothing to say of all that the traps expect', () => {
    const wrong = traps.filter(trap => {
      const given = trap.files ?? { [trap.path ?? 'model.sql']: trap.from! };
      const files = Object.entries(given).map(([path, content]) => ({
        path,
        content,
      }));
      const rewriteOptions = {
        leaveNotes: false,
        defaultProject: 'meridian-data',
        ...trap.options,
      };
      const outputs = new Map(
        rewrite(files, tables, rewriteOptions).files.map(
          ({ path, output }) => [path, output] as const,
        ),
      );
      const after = files.map(({ path, content }) => ({
        path,
        content: outputs.get(path) ?? content,
      }));
      const findings = checkSql(files, after, {
        ...rewriteOptions,
        mappings: tables,
      });
      return findings.length > 0;
    });
    expect(traps.length).toBeGreaterThan(400);
    expect(wrong.map(({ trap }) => trap)).toEqual([]);
  });
});
