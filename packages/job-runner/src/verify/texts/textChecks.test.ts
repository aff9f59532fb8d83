import { RewriteOptions, SourceFile } from '@skein/mapping-rewriter';
import { verify, VerifyOptions } from '../verify';

type Files = Record<string, string>;

const toFiles = (files: Files): SourceFile[] =>
  Object.entries(files).map(([path, content]) => ({ path, content }));

async function check(
  before: Files,
  after: Files,
  rewriteOptions: RewriteOptions = {},
) {
  const original = toFiles(before);
  const options: VerifyOptions = {
    checks: [],
    context: {
      mappings: [],
      options: rewriteOptions,
      original,
      path: 'warehouse',
    },
    environment: {},
    timeoutSeconds: 60,
    outputBytes: 1_000,
    signal: new AbortController().signal,
    policy: 'required',
  };
  const baseline = await verify({ folder: '/', files: original }, options);
  const changed = toFiles({ ...before, ...after });
  const last = await verify(
    { folder: '/', files: changed },
    { ...options, baseline },
  );
  return { before: baseline.results, after: last.results };
}

const project: Files = {
  'dbt_project.yml': 'name: x\n',
  'models/sources.yml':
    'sources:\n  - name: a\n    tables:\n      - name: b\nmodels:\n  - name: users\n',
  'models/users.sql': "select * from {{ source('a', 'b') }}",
  'models/orders_v2.sql': "select * from {{ ref('users') }} {# ref('gone') #}",
  'seeds/countries.csv': 'a\n',
  'snapshots/all.sql': '{% snapshot plan_history %}{% endsnapshot %}',
  'models/all.sql':
    "select * from {{ ref('orders') }}, {{ ref( \"countries\" ) }}, {{ ref('plan_history') }}, {{ ref('package', 'model') }}",
};

describe('our own checks', () => {
  it('pass a project in which every reference resolves', async () => {
    const { before, after } = await check(project, {});
    expect(
      [...before, ...after].map(result => [result.name, result.outcome]),
    ).toEqual([
      ['YAML parses', 'passed'],
      ['dbt refs and sources resolve', 'passed'],
      ['YAML parses', 'passed'],
      ['dbt refs and sources resolve', 'passed'],
    ]);
  });

  it('blame a change for a reference that it broke', async () => {
    const { after } = await check(project, {
      'models/all.sql': "select * from {{ ref('users_v2') }}",
    });
    expect(after[1]).toMatchObject({
      outcome: 'failed',
      summary:
        "warehouse/models/all.sql: ref('users_v2') names no model, seed or snapshot",
    });
  });

  it.each([
    [
      'a source that nothing declares',
      { 'models/users.sql': "select *\nfrom {{ source('a', 'b_v2') }}" },
      {
        file: 'warehouse/models/users.sql',
        line: 2,
        message: "source('a', 'b_v2') is declared nowhere",
      },
    ],
    [
      'a declaration that took its users along',
      { 'models/sources.yml': 'sources:\n  - name: a\n    tables: []\n' },
      { message: "source('a', 'b') is declared nowhere" },
    ],
    [
      'a description of a model that is not there',
      {
        'models/sources.yml':
          'sources:\n  - name: a\n    tables:\n      - name: b\nmodels:\n  - name: users_v2\n',
      },
      {
        file: 'warehouse/models/sources.yml',
        line: 6,
        message: "model 'users_v2' is described and not there",
      },
    ],
  ])('blame a change for %s', async (_, files, error) => {
    const { after } = await check(project, files as Files);
    expect(after[1]).toMatchObject({ outcome: 'failed', errors: [error] });
  });

  it('blame a change for a column that the new table has not', async () => {
    const { before, after } = await check(
      { 'a.sql': 'select id from acme.d.users_v1' },
      { 'a.sql': 'select id from acme.d.users_v2' },
      {
        schemas: {
          'acme.d.users_v1': { id: 'INT64' },
          'acme.d.users_v2': { key: 'STRING' },
        },
      },
    );
    expect(before).toMatchObject([
      { name: 'SQL resolves against the schemas', outcome: 'passed' },
    ]);
    expect(after).toMatchObject([
      {
        outcome: 'failed',
        summary: 'warehouse/a.sql: no table of the query has a column id',
        errors: [{ file: 'warehouse/a.sql', line: 1 }],
      },
    ]);
  });

  it('blame a change for YAML that it broke', async () => {
    const { after } = await check(
      { 'a.yml': 'a: 1\n' },
      { 'a.yml': 'a: [1\n' },
    );
    expect(after).toMatchObject([
      {
        outcome: 'failed',
        summary: expect.stringContaining('warehouse/a.yml: '),
      },
    ]);
  });

  it('blame nobody for what was wrong before', async () => {
    const { before, after } = await check(
      {
        ...project,
        'bad.yml': 'a: [1\n',
        'models/old.sql': "{{ ref('gone') }}",
      },
      { 'models/users.sql': 'select 1' },
    );
    expect(before).toMatchObject([
      {
        outcome: 'failed',
        summary: expect.stringContaining('warehouse/bad.yml: '),
      },
      {
        outcome: 'failed',
        errors: [
          {
            tool: 'skein',
            file: 'warehouse/models/old.sql',
            message: "ref('gone') names no model, seed or snapshot",
          },
        ],
      },
    ]);
    expect(after).toMatchObject([
      { outcome: 'passed', summary: 'no new failure; one was there before' },
      { outcome: 'passed', summary: 'no new failure; one was there before' },
    ]);
  });

  it('say nothing of references that may lead into a package that is not there', async () => {
    const { before } = await check(
      { ...project, 'packages.yml': 'packages: []\n' },
      {},
    );
    expect(before.map(result => result.name)).toEqual(['YAML parses']);
  });
});
