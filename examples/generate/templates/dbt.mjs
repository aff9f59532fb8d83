import { readAs } from '../datasets.mjs';
import {
  chooseStyle,
  condition,
  indent,
  keyword,
  select,
  withTables,
} from '../sql.mjs';
import { factTables, project } from '../words.mjs';

/** A dbt project that reads a deprecated dataset in a staging model. */
export function dbtProject(random, { name, dataset }) {
  const id = name.replace(/-/g, '_');
  const style = chooseStyle(random);
  const plan = {
    fact: random.pick(factTables),
    columns: random
      .sample(Object.keys(dataset.outputs), 3 + random.below(4))
      .map(column => ({ column, as: random.pick(dataset.outputs[column]) })),
    conditions: random.sample(dataset.conditions, random.below(2)),
    alias: random.pick(dataset.aliases),
    star: random.chance(0.5),
    incremental: random.chance(0.4),
    documented: random.chance(0.6),
  };
  const staging = `stg_${id}`;
  const mart = `fct_${id}`;
  const files = version => ({
    'dbt_project.yml': projectFile(id),
    'models/sources.yml': sourcesFile(plan, dataset, version),
    [`models/${staging}.sql`]: stagingModel(style, plan, dataset, version),
    [`models/${mart}.sql`]: martModel(style, plan, staging),
    'models/schema.yml': schemaFile(staging, mart),
  });
  return { files, reads: [] };
}

const projectFile = id => `name: ${id}
version: 1.0.0
config-version: 2
profile: warehouse
models:
  ${id}:
    +database: ${project}
    +schema: ${id}
`;

const newNames = { user_id: 'user_identifier' };

function sourcesFile(plan, dataset, version) {
  const { table } = readAs(dataset, version);
  const [schema, other] = plan.fact.table.split('.');
  const id = version === 'new' ? newNames[dataset.id] : dataset.id;
  return [
    'version: 2',
    'sources:',
    '  - name: user_data',
    `    database: ${project}`,
    '    tables:',
    `      - name: ${table}`,
    ...(plan.documented
      ? [
          '        columns:',
          `          - name: ${id}`,
          '            tests: [not_null]',
        ]
      : []),
    `  - name: ${schema}`,
    `    database: ${project}`,
    '    tables:',
    `      - name: ${other}`,
    '        columns:',
    `          - name: user_id`,
    '',
  ].join('\n');
}

function stagingModel(style, plan, dataset, version) {
  const k = text => keyword(style, text);
  const reader = readAs(dataset, version);
  const source = `{{ source('user_data', '${reader.table}') }}`;
  const alias = plan.star ? 'source' : plan.alias;
  const body = select(style, {
    columns: [
      { value: reader.column(alias, dataset.id), as: 'listener_id' },
      ...plan.columns.map(({ column, as }) => ({
        value: reader.column(alias, column),
        as,
      })),
    ],
    from: plan.star ? 'source' : `${source} ${k('AS')} ${alias}`,
    where: plan.conditions.map(write =>
      condition(style, write, column => reader.column(alias, column)),
    ),
  });
  if (!plan.star) return `${body}\n`;
  const last = select(style, { columns: [{ value: '*' }], from: 'renamed' });
  return `${withTables(
    style,
    [
      {
        name: 'source',
        body: select(style, { columns: [{ value: '*' }], from: source }),
      },
      { name: 'renamed', body },
    ],
    last,
  )}\n`;
}

function martModel(style, plan, staging) {
  const k = text => keyword(style, text);
  const [schema, table] = plan.fact.table.split('.');
  const fact = select(style, {
    columns: [
      { value: 'f.user_id' },
      { value: k(`MAX(f.${plan.fact.time})`), as: 'last_seen_at' },
      { value: k('COUNT(*)'), as: 'events' },
    ],
    from: `{{ source('${schema}', '${table}') }} ${k('AS')} f`,
    groupBy: 1,
  });
  const last = select(style, {
    columns: [
      { value: 'listeners.*' },
      { value: 'facts.last_seen_at' },
      { value: 'facts.events' },
    ],
    from: `{{ ref('${staging}') }} ${k('AS')} listeners`,
    joins: [
      `${k('JOIN')} facts ${k('ON')} facts.user_id = listeners.listener_id`,
    ],
  });
  const head = plan.incremental
    ? "{{ config(materialized='incremental', unique_key='listener_id') }}\n\n"
    : '';
  const tail = plan.incremental
    ? `\n{% if is_incremental() %}\n${k('WHERE')} facts.last_seen_at > (${k(
        'SELECT MAX(last_seen_at) FROM',
      )} {{ this }})\n{% endif %}`
    : '';
  return `${head}${withTables(
    style,
    [{ name: 'facts', body: fact }],
    last,
  )}${tail}\n`;
}

const schemaFile = (staging, mart) => `version: 2
models:
${indent(
  `- name: ${staging}
  columns:
    - name: listener_id
      tests: [unique, not_null]
- name: ${mart}
  columns:
    - name: listener_id`,
  '  ',
)}
`;
