import { readSqlTexts } from './readSqlTexts';
import { readStatements } from './readStatements';

const read = (sql: string) =>
  readStatements([{ path: 'a.sql', content: sql }], {
    defaultProject: 'acme',
  })[0];
const queryOf = (sql: string) => read(sql)[0].query!;

describe('readStatements', () => {
  it.each([
    ['select a from d.t', 'select a from d.t'],
    [
      'with x as (select 1 as a) select * from x;',
      'with x as (select 1 as a) select * from x',
    ],
    [
      'create or replace table d.o partition by day as select a from d.t',
      'select a from d.t',
    ],
    [
      'create view d.o as with x as (select a from d.t) select * from x',
      'with x as (select a from d.t) select * from x',
    ],
    ['insert into d.o (a, b) select a, b from d.t', 'select a, b from d.t'],
    [
      'merge into d.o o using (select a from d.t) t on o.a = t.a when matched then delete',
      'select a from d.t',
    ],
    [
      "export data options (uri = 'gs://x/*') as select a from d.t",
      'select a from d.t',
    ],
    [
      '(select a from d.t) union all (select b from d.u) order by 1',
      '(select a from d.t) union all (select b from d.u) order by 1',
    ],
  ])('%s gives its query', (sql, query) => {
    expect(queryOf(sql).text).toBe(query);
  });

  it.each([
    'update d.t set a = 1 where b in (select b from d.u)',
    'delete from d.t where a = 1',
    'merge into d.o o using d.t t on o.a = t.a when matched then delete',
    'declare x int64 default 1',
    'create table d.t (a int64)',
  ])('%s has none', sql => {
    expect(read(sql)[0].query).toBeUndefined();
  });

  it('gives the statements of a script with their lines and what they write', () => {
    expect(
      read(
        'declare n int64;\ncreate temp table x as\nselect 1 as a;\n\ninsert d.o select a from x',
      ).map(({ verb, line, writes }) => ({ verb, line, writes })),
    ).toEqual([
      { verb: 'DECLARE', line: 1, writes: undefined },
      { verb: 'CREATE', line: 2, writes: 'x' },
      { verb: 'INSERT', line: 5, writes: 'acme.d.o' },
    ]);
  });

  it('has the same words whatever the white space and comments', () => {
    const plain = queryOf("select a, 'x  y' from d.t");
    expect(queryOf("select a, -- all\n  'x  y'\n/* of */ from d.t").words).toBe(
      plain.words,
    );
    expect(queryOf("select a, 'x y' from d.t").words).not.toBe(plain.words);
  });

  it('tells stored tables from WITH names and from arrays', () => {
    const { tables, text } = queryOf(
      'with x as (select * from `acme.d.t`) select * from x join d.u as y on true, y.items, unnest(y.more)',
    );
    expect(
      tables.map(({ dataset, start, end, unaliased }) => [
        dataset,
        text.slice(start, end),
        unaliased,
      ]),
    ).toEqual([
      ['acme.d.t', '`acme.d.t`', 't'],
      ['acme.d.u', 'd.u', undefined],
    ]);
  });

  it.each([
    ['select a from t order by a', true],
    ['with x as (select a from t order by a) select a from x', false],
    ['select array_agg(a order by a), rank() over (order by b) from t', false],
    ['select a from t union all select b from u order by 1 limit 3', true],
  ])('%s is ordered: %s', (sql, ordered) => {
    expect(queryOf(sql).ordered).toBe(ordered);
  });

  it('finds the current time with its argument, and no column of that name', () => {
    const { moments, text } = queryOf(
      "select current_date, date_sub(current_date('UTC'), interval 1 day), t.current_date, now(), 1 as current_date, now from t",
    );
    expect(moments.map(({ start, end }) => text.slice(start, end))).toEqual([
      'current_date',
      "current_date('UTC')",
      'now()',
    ]);
  });

  it('finds what is another value each time, and what others fill in', () => {
    const query = queryOf(
      'select rand(), generate_uuid(), t.uuid, rand from t tablesample system (10 percent) where a = @day',
    );
    expect(query.random).toEqual(['RAND', 'GENERATE_UUID', 'TABLESAMPLE']);
    expect(
      query.parameters.map(({ name, start, end }) => [
        name,
        query.text.slice(start, end),
      ]),
    ).toEqual([['@day', '@day']]);
  });

  it('follows ref and source by the YAML of the project', () => {
    const [[{ query }]] = readStatements(
      [
        {
          path: 'models/a.sql',
          content:
            "select * from {{ source('crm', 'users') }} join {{ ref('orders') }} as o using (id)",
        },
      ],
      {
        defaultProject: 'acme',
        yaml: [
          {
            path: 'models/sources.yml',
            content:
              'sources:\n  - name: crm\n    schema: user_data\n    tables: [{ name: users, identifier: users_v1 }]\n',
          },
        ],
      },
    );
    expect(
      query!.tables.map(({ dataset, unaliased }) => [dataset, unaliased]),
    ).toEqual([
      ['acme.user_data.users_v1', 'users_v1'],
      ['ref:orders', undefined],
    ]);
  });

  it('says why a statement cannot be followed', () => {
    expect(read('select (a from t')[0]).toMatchObject({
      problem: expect.any(String),
    });
    expect(read('select (a from t')[0].query).toBeUndefined();
  });
});

describe('readSqlTexts', () => {
  it('finds SQL in YAML with its line', () => {
    const content = 'name: x\nquery: |\n  select a\n  from d.t\nother: d.t\n';
    expect(readSqlTexts({ path: 'job.yaml', content }, {})).toEqual([
      { line: 3, content: '  select a\n  from d.t\n', whole: false },
    ]);
  });

  it('takes a file of SQL as a whole', () => {
    const content = "{{ config(x=1) }}\nselect 1 from {{ ref('a') }}";
    expect(readSqlTexts({ path: 'm/a.sql', content }, {})).toEqual([
      { line: 1, content, whole: true },
    ]);
  });
});
