import { readAs, tableName } from '../datasets.mjs';
import { chooseStyle, indent, keyword, select } from '../sql.mjs';
import { factTables, project, schedules } from '../words.mjs';
import { outputsOf, planQuery, tablesOf, writeQuery } from './query.mjs';

const schemaOf = owner => owner.replace(/-/g, '_');

/** The table that a job writes, as `schema.table`. */
export const destinationOf = (name, owner) =>
  `${schemaOf(owner)}.${name.replace(/-/g, '_')}`;

function jobFile({ name, owner, schedule, query, inputs, inline }) {
  return [
    'kind: bigquery-runner/v1',
    `name: ${name}`,
    `schedule: "${schedule}"`,
    `owner: group:default/${owner}`,
    ...(inline
      ? ['query: |', indent(inline.trimEnd(), '  ')]
      : [`query: ${query}`]),
    'destination:',
    `  table: ${project}.${destinationOf(name, owner)}`,
    '  write_disposition: WRITE_TRUNCATE',
    ...(inputs.length > 0
      ? ['inputs:', ...inputs.map(table => `  - ${project}.${table}`)]
      : []),
    '',
  ].join('\n');
}

/**
 * A job that reads a deprecated dataset.
 *
 * @returns a function from version to the files of the job, and the tables beside the deprecated one
 */
export function consumer(random, { name, owner, dataset, listInputs = true }) {
  const style = chooseStyle(random);
  const schedule = random.pick(schedules);
  const plan = planQuery(random, style, dataset);
  const form = random.weighted({ file: 5, inline: 2, merge: 2 });
  const withInputs = listInputs && random.chance(0.7);
  const query = random.pick(['query.sql', `${name}.sql`, 'sql/main.sql']);
  const files = version => {
    const sql = writeQuery(plan, version);
    const job = {
      name,
      owner,
      schedule,
      query,
      inputs: withInputs ? tablesOf(plan, version) : [],
    };
    if (form === 'inline')
      return { 'job.yaml': jobFile({ ...job, inline: sql }) };
    const text = form === 'merge' ? merge(style, plan, sql, name, owner) : sql;
    return { 'job.yaml': jobFile(job), [query]: text };
  };
  return { files, reads: [plan.fact.table] };
}

function merge(style, plan, sql, name, owner) {
  const k = text => keyword(style, text);
  const columns = outputsOf(plan);
  const { id } = plan.dataset;
  return [
    k('CREATE TEMP TABLE changes AS'),
    `${sql.trimEnd()};`,
    '',
    `${k('MERGE')} ${tableName(style, destinationOf(name, owner))} ${k(
      'AS target',
    )}`,
    k('USING changes AS source'),
    `${k('ON')} target.${id} = source.${id}`,
    k('WHEN MATCHED THEN'),
    `  ${k('UPDATE SET')} events = source.events, total = source.total`,
    k('WHEN NOT MATCHED THEN'),
    `  ${k('INSERT')} (${columns.join(', ')})`,
    `  ${k('VALUES')} (${columns
      .map(column => `source.${column}`)
      .join(', ')});`,
    '',
  ].join('\n');
}

/** A job whose only statement uses a column about which a person decides. */
export function personDecides(random, { name, owner, dataset }) {
  const style = chooseStyle(random);
  const k = text => keyword(style, text);
  const alias = random.pick(dataset.aliases);
  const reader = readAs(dataset, 'old');
  const column = random.pick(dataset.personDecides);
  const sql = select(style, {
    columns: [
      { value: reader.column(alias, column), as: column },
      { value: k(`COUNT(*)`), as: 'listeners' },
    ],
    from: `${tableName(style, `user_data.${dataset.from}`)} ${k(
      'AS',
    )} ${alias}`,
    groupBy: 1,
  });
  const job = jobFile({
    name,
    owner,
    schedule: random.pick(schedules),
    query: 'query.sql',
    inputs: [],
  });
  return {
    files: () => ({ 'job.yaml': job, 'query.sql': `${sql}\n` }),
    reads: [],
  };
}

/** A job that reads one table, none of them deprecated; the comment may mention one. */
export function reader(random, { name, owner, table, columns, comment }) {
  const style = chooseStyle(random);
  const k = text => keyword(style, text);
  const fact = table ? undefined : random.pick(factTables);
  const from = table ?? fact.table;
  const sql = select(style, {
    columns: [
      ...(columns ?? ['user_id', random.pick(fact.columns)]).map(value => ({
        value: `t.${value}`,
      })),
      { value: k('COUNT(*)'), as: 'rows_seen' },
    ],
    from: `${tableName(style, from)} ${k('AS')} t`,
    groupBy: columns?.length ?? 2,
  });
  const job = jobFile({
    name,
    owner,
    schedule: random.pick(schedules),
    query: 'query.sql',
    inputs: [from],
  });
  const text = `${comment ? `-- ${comment}\n` : ''}${sql}\n`;
  return {
    files: () => ({ 'job.yaml': job, 'query.sql': text }),
    reads: [from],
  };
}
