import { answerYaml } from '@skein/mapping-rewriter';
import { resolveProjects } from '../resolveProjects';
import { parseProject } from './parseProject';
import { Placement, ProjectConfig } from './ProjectConfig';
import { asMap, onlyMaps } from './YamlMap';

const mapOf = (text: string) => asMap(answerYaml('values', text)[0]);

function parse(
  files: Record<string, string>,
  options: { profiles?: string; defaults?: Placement } = {},
) {
  const config = ProjectConfig.of(
    mapOf(files['dbt_project.yml']),
    mapOf(options.profiles ?? ''),
    options.defaults ?? {},
  )!;
  const yamls = Object.entries(files)
    .filter(([path]) => /\.ya?ml$/.test(path))
    .map(([, text]) => mapOf(text));
  return parseProject(config, new Map(Object.entries(files)), onlyMaps(yamls));
}

function resolve(...args: Parameters<typeof parse>) {
  const [project] = resolveProjects([parse(...args)]);
  return {
    reads: project.reads.map(each => each.name).sort(),
    writes: project.writes.map(each => each.name).sort(),
    exposures: project.exposures.map(({ name, reads }) => [
      name,
      ...reads.map(each => each.name),
    ]),
  };
}

const projectYaml = `
name: shop
models:
  shop:
    +database: acme
    +schema: shop
    staging:
      +schema: shop_staging
    +marts:
      schema: not read
    marts:
      finance: {schema: finance}
seeds:
  +schema: seeds
  +database: acme
snapshots:
  shop:
    +target_database: acme
    +target_schema: history
`;

describe('a dbt project without a manifest', () => {
  it('names models by what the project file says of their folder', () => {
    expect(
      resolve({
        'dbt_project.yml': projectYaml,
        'models/top.sql': 'select 1',
        'models/staging/stg_users.sql': `select * from {{ source('crm', 'users') }}`,
        'models/marts/finance/revenue.sql': `select * from {{ ref('stg_users') }} join {{ ref('countries') }}`,
        'models/marts/finance/renamed.sql': `{{ config(alias='totals', schema="other") }} select 1`,
        'models/python_model.py': `def model(dbt, session):\n    return dbt.ref("top")`,
        'seeds/countries.csv': '',
        'snapshots/all.sql': `
          {% snapshot users_history %}{{ config(unique_key='id') }}
          select * from {{ source('crm', 'users') }}{% endsnapshot %}
          {%- snapshot orders_history -%}{{ config(target_schema='older') }}
          select * from {{ source('crm', 'orders') }}{% endsnapshot %}`,
        'models/sources.yml': `
sources:
  - name: crm
    database: raw
    tables: [{name: users}, {name: orders, identifier: Orders_V2}, {name: unused}]
`,
      }),
    ).toEqual({
      reads: [
        'acme.seeds.countries',
        'acme.shop.top',
        'acme.shop_staging.stg_users',
        'raw.crm.Orders_V2',
        'raw.crm.users',
      ],
      writes: [
        'acme.finance.revenue',
        'acme.history.users_history',
        'acme.older.orders_history',
        'acme.other.totals',
        'acme.seeds.countries',
        'acme.shop.python_model',
        'acme.shop.top',
        'acme.shop_staging.stg_users',
      ],
      exposures: [],
    });
  });

  it('puts plain variables, defaults and the target in', () => {
    const project = parse(
      {
        'dbt_project.yml': `
name: shop
profile: warehouse
vars:
  raw_schema: loaded
  shop: {suffix: v2}
`,
        'models/a.yml': `
sources:
  - name: a
    database: "{{ var('raw_database', 'raw') }}"
    schema: "{{ var('raw_schema', 'other') }}"
    tables: [{name: t, identifier: "t_{{ var('suffix') }}"}]
  - name: b
    database: "{{ env_var('DB', 'from_env') }}"
    tables: [{name: t}]
  - name: c
    database: '{{ target.project }}'
    schema: "{{ var('nowhere') }}"
    tables: [{name: t}]
  - name: d
    schema: "{{ target.schema }}_in"
    tables: [{name: t}]
  - name: e
    schema: "{% if target.name == 'prod' %}x{% endif %}"
    tables: [{name: t}]
  - name: f
    config: {database: in_config}
    tables: [{name: t}]
`,
      },
      {
        profiles: `
warehouse:
  target: dev
  outputs:
    dev: {type: bigquery, project: "{{ env_var('X') }}", dataset: dev}
    prod: {type: bigquery, project: acme-prod, dataset: analytics}
`,
      },
    );
    expect(Object.fromEntries(project.sources)).toEqual({
      'a.t': { name: 'raw.loaded.t_v2', confidence: 'certain' },
      'b.t': { name: 'from_env.b.t', confidence: 'certain' },
      'd.t': { name: 'acme-prod.analytics_in.t', confidence: 'likely' },
      'f.t': { name: 'in_config.f.t', confidence: 'certain' },
    });
  });

  it("follows dbt's rule for schemas where the target's is known, unless the project has its own", () => {
    const files = {
      'dbt_project.yml': 'name: shop\nprofile: w\n',
      'models/a.sql': `{{ config(schema='marts') }} select 1`,
      'models/b.sql': 'select 1',
    };
    const profiles =
      'w: {target: p, outputs: {p: {database: acme, schema: analytics}}}';
    expect(resolve(files, { profiles }).writes).toEqual([
      'acme.analytics.b',
      'acme.analytics_marts.a',
    ]);
    expect(
      resolve(
        {
          ...files,
          'macros/schemas.sql': `{% macro generate_schema_name(a, b) -%} {{ a }} {%- endmacro %}`,
        },
        { profiles },
      ).writes,
    ).toEqual(['acme.analytics.b', 'acme.marts.a']);
  });

  it('names a model by its project where its place cannot be known', () => {
    const files = {
      'dbt_project.yml': 'name: shop\n',
      'models/a.sql': `select * from {{ source('crm', 'users') }}`,
      'models/s.yml': 'sources: [{name: crm, tables: [{name: users}]}]',
    };
    expect(resolve(files)).toMatchObject({
      reads: ['crm.users'],
      writes: ['shop.a'],
    });
    expect(
      resolve(files, { defaults: { database: 'acme', schema: 'dw' } }),
    ).toMatchObject({ reads: ['acme.crm.users'], writes: ['acme.dw.a'] });
  });

  it('finds the version that a ref means', () => {
    expect(
      resolve({
        'dbt_project.yml': 'name: shop\n',
        'models/users_v1.sql': 'select 1',
        'models/users_v2.sql': 'select 1',
        'models/users_v3.sql': 'select 1',
        'models/a.sql': `{{ ref('users') }} {{ ref('users', v=1) }}`,
        'models/m.yml': `
models:
  - name: users
    latest_version: 2
    versions: [{v: 1, config: {alias: users_old}}, {v: 2}, {v: 3}]
`,
      }).reads,
    ).toEqual(['shop.users_old', 'shop.users_v2']);
  });

  it('reads through ephemeral models, macros and exposures', () => {
    expect(
      resolve({
        'dbt_project.yml': 'name: shop\nmodel-paths: [src, "./more/"]\n',
        'src/eph.sql': `{{ config(materialized='ephemeral') }} select * from {{ source('crm', 'users') }}`,
        'more/a.sql': `select * from {{ ref('eph') }} {{ latest() }}`,
        'models/ignored.sql': `select * from {{ source('crm', 'unused') }}`,
        'macros/latest.sql': `{% macro latest() %}{{ source('crm', 'days') }}{% endmacro %}`,
        'src/all.yml': `
sources: [{name: crm, tables: [{name: users}, {name: days}, {name: unused}]}]
exposures:
  - name: board
    label: Board report
    depends_on: [ref('a'), "source('crm', 'days')", 7]
  - name: broken
`,
      }),
    ).toEqual({
      reads: ['crm.days', 'crm.users'],
      writes: ['shop.a'],
      exposures: [['board', 'shop.a', 'crm.days']],
    });
  });

  it('reads the models of other projects', () => {
    const one = parse({
      'dbt_project.yml': 'name: one\n',
      'models/shared.sql': 'select 1',
      'models/both.sql': 'select 1',
    });
    const two = parse({
      'dbt_project.yml': 'name: two\n',
      'models/both.sql': 'select 1',
      'models/a.sql': `{{ ref('one', 'shared') }} {{ ref('both') }} {{ ref('three', 'x') }}`,
    });
    const three = parse({
      'dbt_project.yml': 'name: three\n',
      'models/b.sql': `{{ ref('shared') }} {{ ref('both') }}`,
    });
    expect(
      resolveProjects([one, two, three]).map(({ reads }) => reads),
    ).toEqual([
      [],
      [
        { name: 'one.shared', confidence: 'certain' },
        { name: 'two.both', confidence: 'certain' },
      ],
      [{ name: 'one.shared', confidence: 'likely' }],
    ]);
  });

  it.each([
    ['a broken YAML file', { 'models/a.yml': 'sources: [{{' }],
    ['lists where maps belong', { 'models/a.yml': 'sources: [[1], x, null]' }],
    [
      'prototype names',
      {
        'models/a.yml': 'models: [{name: __proto__, config: {alias: x}}]',
        'models/__proto__.sql': 'select 1',
      },
    ],
    [
      'aliases without end',
      { 'models/a.yml': `a: &a [x]\nb: &b [*a,*a]\nsources: *b` },
    ],
    ['no lists', { 'models/a.yml': 'sources: 3\nmodels: x\nexposures: {}' }],
  ])('takes %s', (_name, files) => {
    expect(
      resolve({
        'dbt_project.yml': 'name: shop\nvars: 3\nmodels: [1]\n',
        'models/ok.sql': 'select 1',
        ...(files as Record<string, string>),
      }).writes,
    ).toContain('shop.ok');
  });

  it.each(['', '- a', 'name: 3', 'name: [a]', '{{'])(
    'is none where dbt_project.yml is %j',
    text => {
      expect(ProjectConfig.of(mapOf(text), undefined, {})).toBeUndefined();
    },
  );
});
