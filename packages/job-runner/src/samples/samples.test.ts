import { rewrite, SourceFile } from '@skein/mapping-rewriter';
import { rmSync } from 'fs';
import { dirname } from 'path';
import { buildRunner } from '../__testUtils__/buildRunner';
import { Samples } from '../protocol';
import { runSampleCheck } from '../verify/runSampleCheck';
import { TextContext } from '../verify/types';

const V1 = 'acme.user_data.users_v1';
const V2 = 'acme.user_data.users_v2';

const schemas: TextContext['options']['schemas'] = {
  [V1]: {
    user_id: 'INT64',
    email: 'STRING',
    country: 'STRING',
    plan: 'STRING',
    spent: 'FLOAT64',
    signed_up: 'DATE',
    seen_at: 'TIMESTAMP',
  },
  [V2]: {
    user_identifier: 'STRING',
    email_address: 'STRING',
    address: 'RECORD',
    'address.country_code': 'STRING',
    tier: 'STRING',
    spent_cents: 'INT64',
    registered_at: 'TIMESTAMP',
    seen_local: 'DATETIME',
    tags: 'ARRAY<STRING>',
  },
};

const samples: Samples = {
  time: '2026-03-10T12:00:00Z',
  tables: {
    [V1]: {
      rows: [
        {
          user_id: 1,
          email: 'a@example.com',
          country: 'DE',
          plan: 'none',
          spent: 19.99,
          signed_up: '2026-03-01',
          seen_at: '2026-03-08T23:30:00Z',
        },
        {
          user_id: 2,
          email: 'b@example.com',
          country: 'SE',
          plan: 'paid',
          spent: 5,
          signed_up: '2026-03-02',
          seen_at: '2026-03-09T10:00:00Z',
        },
        {
          user_id: 3,
          email: null,
          country: 'DE',
          plan: 'paid',
          spent: 0.1,
          signed_up: '2026-02-01',
          seen_at: null,
        },
      ],
    },
    [V2]: {
      rows: [
        {
          user_identifier: '1',
          email_address: 'a@example.com',
          address: { country_code: 'de' },
          tier: 'free',
          spent_cents: 1999,
          registered_at: '2026-03-01T22:30:00Z',
          seen_local: '2026-03-09T00:30:00',
          tags: ['x', 'y'],
        },
        {
          user_identifier: '2',
          email_address: 'b@example.com',
          address: { country_code: 'se' },
          tier: 'premium',
          spent_cents: 500,
          registered_at: '2026-03-02T08:00:00Z',
          seen_local: '2026-03-09T11:00:00',
          tags: [],
        },
        {
          user_identifier: '3',
          email_address: null,
          address: { country_code: 'de' },
          tier: 'family',
          spent_cents: 10,
          registered_at: '2026-02-01T08:00:00Z',
          seen_local: null,
          tags: ['x'],
        },
      ],
    },
    'acme.shop.orders': {
      columns: { order_id: 'INT64', user_id: 'INT64', paid_at: 'TIMESTAMP' },
      rows: [
        { order_id: 10, user_id: 1, paid_at: '2026-03-09T09:00:00Z' },
        { order_id: 11, user_id: 1, paid_at: '2026-03-09T10:00:00Z' },
        { order_id: 12, user_id: 3, paid_at: '2026-02-01T10:00:00Z' },
      ],
    },
  },
};

const context: Omit<TextContext, 'original'> = {
  path: '',
  options: { schemas, defaultProject: 'acme' },
  mappings: [
    {
      from: V1,
      to: V2,
      sources: [{ from: 'user_data.users_v1', to: 'user_data.users_v2' }],
      columns: [
        {
          from: 'user_id',
          to: 'user_identifier',
          transform: 'CAST(user_identifier AS INT64)',
        },
        { from: 'email', to: 'email_address' },
        {
          from: 'country',
          to: 'address.country_code',
          transform: 'UPPER(address.country_code)',
        },
        {
          from: 'plan',
          to: 'tier',
          transform: "IF(tier = 'free', 'none', 'paid')",
        },
        { from: 'spent', to: 'spent_cents', transform: 'spent_cents / 100' },
        {
          from: 'signed_up',
          to: 'registered_at',
          transform: 'DATE(registered_at)',
        },
      ],
    },
  ],
};

describe('SQL on sample rows', () => {
  let runnerFile: string;
  beforeAll(() => {
    runnerFile = buildRunner();
  });
  afterAll(() => rmSync(dirname(runnerFile), { recursive: true }));

  type Files = string | Record<string, string>;
  const filesOf = (files: Files): SourceFile[] =>
    Object.entries(
      typeof files === 'string' ? { 'models/a.sql': files } : files,
    ).map(([path, content]) => ({ path, content }));

  async function check(
    before: Files,
    after?: Files,
    more: { samples?: Partial<Samples>; context?: Partial<TextContext> } = {},
  ) {
    const { failures, result } = await runSampleCheck(
      { ...samples, ...more.samples },
      { ...context, ...more.context, original: filesOf(before) },
      after === undefined ? undefined : filesOf(after),
      {
        runnerFile,
        timeoutMilliseconds: 600_000,
        signal: new AbortController().signal,
      },
    );
    return {
      ...result,
      messages: failures.map(({ error }) => error.message),
      errors: result.errors,
    };
  }

  describe('catches', () => {
    it.each<[string, string, string, string]>([
      [
        'a transform that was left out',
        'select u.user_id, u.spent from user_data.users_v1 as u',
        'select cast(u.user_identifier as int64) as user_id, u.spent_cents * 1.0 as spent from user_data.users_v2 as u',
        'on the sample rows the query gives spent = 1999.0, and gave 19.99 (where user_id = 1)',
      ],
      [
        'a filter on a value that has changed',
        "select count(*) as n from user_data.users_v1 where plan = 'paid'",
        "select count(*) as n from user_data.users_v2 where tier = 'paid'",
        'on the sample rows the query gives n = 0, and gave 2',
      ],
      [
        'a join that multiplies rows',
        'select u.email, o.order_id from user_data.users_v1 as u join shop.orders as o on o.user_id = u.user_id where u.email is not null',
        'select u.email_address as email, o.order_id from user_data.users_v2 as u cross join unnest(u.tags) as tag join shop.orders as o on o.user_id = cast(u.user_identifier as int64) where u.email_address is not null',
        'on the sample rows the query gives 4 rows of the samples, and gave 2 rows',
      ],
      [
        'an outer join that has become an inner one',
        'select u.user_id, count(o.order_id) as orders from user_data.users_v1 u left join shop.orders o on o.user_id = u.user_id group by 1',
        'select cast(u.user_identifier as int64) as user_id, count(o.order_id) as orders from user_data.users_v2 u join shop.orders o on o.user_id = cast(u.user_identifier as int64) group by 1',
        'on the sample rows the query does not give the row (user_id = 2, orders = 0) any more',
      ],
      [
        'a renamed column behind a star',
        'select * from (select email, user_id from user_data.users_v1)',
        'select * from (select email_address, cast(user_identifier as int64) as user_id from user_data.users_v2)',
        'on the sample rows the query gives no column email any more',
      ],
      [
        'another time zone',
        'select user_id, date(seen_at) as day from user_data.users_v1',
        'select cast(user_identifier as int64) as user_id, date(seen_local) as day from user_data.users_v2',
        'on the sample rows the query gives day = 2026-03-09, and gave 2026-03-08 (where user_id = 1)',
      ],
      [
        'rows that are not brought together any more',
        'select distinct country from user_data.users_v1',
        'select upper(address.country_code) as country from user_data.users_v2',
        'on the sample rows the query gives 3 rows of the samples, and gave 2 rows',
      ],
      [
        'rows that are brought together',
        'select country from user_data.users_v1',
        'select distinct upper(address.country_code) as country from user_data.users_v2',
        'on the sample rows the query gives 2 rows of the samples, and gave 3 rows',
      ],
      [
        'another type',
        'select user_id from user_data.users_v1',
        'select user_identifier as user_id from user_data.users_v2',
        'on the sample rows the query gives user_id as VARCHAR, and gave it as INTEGER',
      ],
      [
        'another order',
        'select email from user_data.users_v1 where email is not null order by email',
        'select email_address as email from user_data.users_v2 where email_address is not null order by email_address desc',
        'on the sample rows the query gives its rows in another order, from row 1 on',
      ],
      [
        'NULL that has become something else',
        'select user_id, email from user_data.users_v1',
        "select cast(user_identifier as int64) as user_id, ifnull(email_address, '') as email from user_data.users_v2",
        "on the sample rows the query gives email = '', and gave NULL (where user_id = 3)",
      ],
    ])('%s', async (_trap, before, after, message) => {
      const { messages, outcome, errors } = await check(before, after);
      expect(outcome).toBe('failed');
      expect(messages).toContainEqual(message);
      expect(errors![0]).toMatchObject({
        tool: 'skein',
        file: 'models/a.sql',
        line: 1,
      });
    });

    it.each([
      ['select user_id from user_data.users_v2', 'Binder Error'],
      [
        'select cast(user_identifier as int64) as user_id from user_data.users_v2 where rand() < 2',
        'RAND gives something else each time',
      ],
      [
        'select cast(u.user_identifier as int64) as user_id from user_data.users_v2 as u join shop.returns as r on true',
        'it reads acme.shop.returns, of which there are no sample rows',
      ],
      [
        'select {{ nobody_knows }} as user_id from user_data.users_v2',
        'nobody_knows is not known here',
      ],
      ['select 1 as', 'cannot'],
    ])(
      'a change that hides behind what cannot be run: %s',
      async (after, reason) => {
        const { messages, outcome } = await check(
          'select user_id from user_data.users_v1',
          after,
        );
        expect(outcome).toBe('failed');
        expect(messages).toEqual([
          expect.stringMatching(
            /^the query (cannot be run on the sample rows any more|is not there any more)/,
          ),
        ]);
        expect(messages[0]).toContain(reason);
      },
    );

    it('a statement of a script that is gone, by what it made', async () => {
      const { messages } = await check(
        'create temp table x as select user_id from user_data.users_v1;\ninsert into shop.o select user_id from x;',
        'insert into shop.o select cast(user_identifier as int64) from user_data.users_v2;',
      );
      expect(messages).toEqual(['the query for x is not there any more']);
    });

    it('a wrong change of a model through those that read it', async () => {
      const marts =
        "select country, sum(spent) as spent from {{ ref('stg') }} group by 1";
      const project = (stg: string, other: string) => ({
        'models/stg.sql': stg,
        'models/mart.sql': other,
        'models/sources.yml':
          'sources:\n  - name: crm\n    schema: user_data\n    tables: [{ name: users_v1 }, { name: users_v2 }]\n',
      });
      const { messages, errors } = await check(
        project(
          "{{ config(materialized='view') }}\nselect country, spent from {{ source('crm', 'users_v1') }}",
          marts,
        ),
        project(
          "{{ config(materialized='view') }}\nselect upper(address.country_code) as country, spent_cents / 100 as spent from {{ source('crm', 'users_v2') }} where tier != 'free'",
          `${marts} having sum(spent) > 0`,
        ),
      );
      expect(messages).toContainEqual(
        'on the sample rows the query gives 2 rows of the samples, and gave 3 rows',
      );
      expect(errors!.map(({ file }) => file)).toEqual(
        expect.arrayContaining(['models/stg.sql', 'models/mart.sql']),
      );
    });

    it('a source that is moved in YAML alone', async () => {
      const project = (schema: string) => ({
        'models/a.sql': "select order_id from {{ source('shop', 'orders') }}",
        'models/sources.yml': `sources:\n  - name: shop\n    schema: ${schema}\n    tables: [{ name: orders }]\n`,
      });
      const { messages } = await check(project('shop'), project('old_shop'), {
        samples: {
          tables: {
            ...samples.tables,
            'acme.old_shop.orders': { rows: [{ order_id: 10 }] },
          },
        },
      });
      expect(messages).toContain(
        'on the sample rows the query gives 1 row of the samples, and gave 3 rows',
      );
    });
  });

  describe('lets pass', () => {
    it.each<[string, Record<string, string>]>([
      [
        'all that the rewriter makes of plain SQL',
        {
          'a.sql':
            'select u.user_id, u.email, u.country, u.plan, u.spent, u.signed_up from user_data.users_v1 as u',
          'b.sql':
            "select country, count(*), sum(spent) from `acme.user_data.users_v1` where plan = 'paid' group by 1 order by 2 desc, 1",
          'c.sql':
            'with u as (select user_id, email from user_data.users_v1 where country in ("DE", "SE")) select u.email, o.order_id from u left join shop.orders o using (user_id) qualify row_number() over (partition by u.email order by o.paid_at desc, o.order_id) = 1',
          'd.sql':
            'select users_v1.email from user_data.users_v1 where users_v1.user_id in (select user_id from shop.orders)',
        },
      ],
      [
        'scripts, views, merges',
        {
          'script.sql':
            "declare d date default date '2026-01-01';\ncreate or replace temp table paying as\nselect user_id, country from user_data.users_v1 where plan = 'paid';\ncreate or replace view shop.v as select country, count(*) as n from paying group by 1;\nmerge into shop.t as t using (select country from user_data.users_v1) as s on t.country = s.country when matched then delete;\ninsert into shop.o (id) select user_id from user_data.users_v1;\nselect count(*) from paying;",
        },
      ],
      [
        'SQL in YAML',
        {
          'job.yaml':
            'name: x\nquery: |\n  select user_id, country\n  from user_data.users_v1\n  where signed_up >= date_sub(current_date(), interval 12 day)\n',
        },
      ],
      [
        'dbt models with loops, macros and variables',
        {
          'dbt_project.yml': 'name: p\nvars: { least: 1 }\n',
          'macros/between.sql':
            '{% macro between(low, high=100) %}between {{ low }} and {{ high }}{% endmacro %}',
          'models/sources.yml':
            'sources:\n  - name: user_data\n    tables: [{ name: users_v1 }]\n',
          'models/stg.sql':
            "{{ config(materialized='incremental') }}\nselect user_id, country, spent, plan from {{ source('user_data', 'users_v1') }}\nwhere spent {{ between(var('least')) }}\n{% if is_incremental() %} and nonsense {% endif %}",
          'models/mart.sql':
            "{% set countries = ['DE', 'SE'] %}\nselect {% for c in countries -%}\nsum(if(country = '{{ c }}', spent, 0)) as spent_{{ c }}{{ ',' if not loop.last }}\n{%- endfor %}\nfrom {{ ref('stg') }}",
        },
      ],
    ])('%s', async (_name, before) => {
      const { files } = rewrite(filesOf(before), context.mappings, {
        ...context.options,
        leaveNotes: false,
      });
      const after = {
        ...before,
        ...Object.fromEntries(files.map(({ path, output }) => [path, output])),
      };
      expect(files.flatMap(({ edits }) => edits).length).toBeGreaterThan(0);
      expect(await check(before, after)).toMatchObject({
        outcome: 'passed',
        messages: [],
        summary: expect.not.stringContaining('cannot be compared'),
      });
      expect(await check(before)).toMatchObject({ outcome: 'passed' });
    });

    it('numbers that differ in their last digits', async () => {
      expect(
        await check(
          'select spent * 3 as s from user_data.users_v1',
          'select spent_cents / 100 + spent_cents / 100 + spent_cents / 100 as s from user_data.users_v2',
        ),
      ).toMatchObject({ outcome: 'passed' });
    });

    it('new names where the campaign lets outputs take them', async () => {
      const outputs = {
        context: {
          options: { ...context.options, outputs: 'rename' as const },
        },
      };
      const old = 'select email, spent from user_data.users_v1';
      const renamed = (where: string) =>
        `select email_address, spent_cents / 100 as spent from user_data.users_v2${where}`;
      expect(await check(old, renamed(''), outputs)).toMatchObject({
        outcome: 'passed',
      });
      expect(
        await check(old, renamed(" where tier != 'free'"), outputs),
      ).toMatchObject({ outcome: 'failed' });
    });
  });

  describe('says why it cannot tell', () => {
    it.each<[string, string, string]>([
      [
        'a table without sample rows',
        'select u.email from user_data.users_v1 u join shop.returns r using (user_id)',
        'it reads acme.shop.returns, of which there are no sample rows',
      ],
      [
        'chance',
        'select user_id, generate_uuid() as id from user_data.users_v1',
        'GENERATE_UUID gives something else each time',
      ],
      [
        'a parameter',
        'select user_id from user_data.users_v1 where signed_up = @day',
        'it needs a value for @day',
      ],
      [
        'a function that DuckDB does not have',
        'select ml.predict(user_id) as p from user_data.users_v1',
        'Catalog Error',
      ],
      [
        'rows that come in any order',
        'select user_id from user_data.users_v1 limit 1',
        'what it gives depends on the order in which rows are stored',
      ],
      [
        'nothing left of the samples',
        'select user_id from user_data.users_v1 where user_id > 100',
        'it gives no row on the sample rows',
      ],
      [
        'Jinja that only dbt knows',
        "select {{ dbt_utils.star(from=ref('x')) }} from user_data.users_v1",
        'its Jinja cannot be rendered',
      ],
      [
        'a name that only dbt knows',
        "select user_id from user_data.users_v1 where '{{ invocation_id }}' != ''",
        'its Jinja cannot be rendered: invocation_id is not known here',
      ],
    ])('%s', async (_name, sql, reason) => {
      expect(await check(sql)).toMatchObject({
        outcome: 'skipped',
        summary: expect.stringContaining(reason),
      });
      // The change may be anything then: it is not blamed for what was so before.
      expect(await check(sql, `${sql} -- changed`)).toMatchObject({
        outcome: 'skipped',
      });
    });

    it('the current time, unless the campaign says which time that is', async () => {
      const sql =
        'select user_id from user_data.users_v1 where seen_at > timestamp_sub(current_timestamp(), interval 1 day)';
      expect(
        await check(sql, undefined, { samples: { time: undefined } }),
      ).toMatchObject({
        outcome: 'skipped',
        summary: expect.stringContaining('verification.samples.time'),
      });
      expect(
        await check(sql, undefined, {
          samples: { time: '2026-03-09T20:00:00Z' },
        }),
      ).toMatchObject({ outcome: 'passed' });
    });

    it('a parameter, unless the campaign gives it a value', async () => {
      const sql =
        'select user_id, @day as day from user_data.users_v1 where signed_up < @day';
      const parameters = { day: "DATE '2026-03-02'" };
      expect(
        await check(sql, undefined, { samples: { parameters } }),
      ).toMatchObject({ outcome: 'passed' });
      expect(
        await check(
          sql,
          'select cast(user_identifier as int64) as user_id, @day as day from user_data.users_v2 where date(registered_at) <= @day',
          { samples: { parameters } },
        ),
      ).toMatchObject({
        outcome: 'failed',
        messages: expect.arrayContaining([
          'on the sample rows the query gives 3 rows of the samples, and gave 2 rows',
        ]),
      });
    });

    it('more statements than are run', async () => {
      const sql = 'select user_id from user_data.users_v1;\n'.repeat(301);
      expect(await check(sql)).toMatchObject({
        outcome: 'passed',
        summary:
          '300 statements can be run on the sample rows; not all were run, since there are more than 300 statements',
      });
    });

    it('anything of a change in comments and white space, and need not', async () => {
      expect(
        await check(
          'select user_id from user_data.users_v1',
          '-- ask somebody\nselect user_id\nfrom user_data.users_v1',
        ),
      ).toMatchObject({
        outcome: 'skipped',
        summary: 'no statement means another thing',
      });
    });

    it('sample rows that do not fit their columns', async () => {
      expect(
        await check('select user_id from user_data.users_v1', undefined, {
          samples: { tables: { [V1]: { rows: [{ user_id: 'one' }] } } },
        }),
      ).toMatchObject({
        outcome: 'skipped',
        summary: expect.stringContaining(
          `the sample rows of ${V1} do not fit its columns`,
        ),
      });
    });
  });
});
