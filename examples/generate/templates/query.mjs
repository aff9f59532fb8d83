import { readAs, tableName } from '../datasets.mjs';
import { condition, keyword, select, withTables } from '../sql.mjs';
import { factTables } from '../words.mjs';

/**
 * All that is drawn for one query; {@link writeQuery} gives its text against
 * the old or the new dataset.
 */
export function planQuery(random, style, dataset) {
  const alias = random.pick(dataset.aliases);
  const fact = random.pick(factTables);
  return {
    style,
    dataset,
    alias,
    fact,
    factAlias: random.pick(fact.aliases.filter(name => name !== alias)),
    factColumn: random.pick(fact.columns),
    columns: random
      .sample(Object.keys(dataset.outputs), 2 + random.below(4))
      .map(name => ({ name, as: random.pick(dataset.outputs[name]) })),
    conditions: random.sample(dataset.conditions, random.below(3)),
    days: random.pick([7, 14, 28, 90]),
    form: random.weighted({ join: 4, tables: 3, star: 2 }),
    comment: random.chance(0.25)
      ? `-- ${dataset.from} is loaded at night, so this is a day late`
      : undefined,
    literal: random.chance(0.15),
  };
}

/** The names of what a query gives out, in order. */
export function outputsOf(plan) {
  return [
    plan.dataset.id,
    ...plan.columns.map(column => column.as),
    'events',
    'total',
    ...(plan.literal ? ['made_from'] : []),
  ];
}

/** Tables that a query reads, as `schema.table`, with the dataset in the given version. */
export function tablesOf(plan, version) {
  return [`user_data.${readAs(plan.dataset, version).table}`, plan.fact.table];
}

/** The text of a query against the `old` or the `new` dataset. */
export function writeQuery(plan, version) {
  const { style, dataset, alias, fact, factAlias } = plan;
  const k = text => keyword(style, text);
  const reader = readAs(dataset, version);
  const old = tableName(style, `user_data.${reader.table}`);
  const other = tableName(style, fact.table);
  const { id } = dataset;
  const where = (name, conditions) =>
    conditions.map(write =>
      condition(style, write, column => reader.column(name, column)),
    );
  const chosen = name => [
    { value: reader.column(name, id), as: id },
    ...plan.columns.map(column => ({
      value: reader.column(name, column.name),
      as: column.as,
    })),
  ];
  const literal = plan.literal
    ? [{ value: `'${dataset.from}'`, as: 'made_from' }]
    : [];
  const recent = `${factAlias}.${fact.time} >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL ${plan.days} DAY)`;
  const totals = [
    { value: k('COUNT(*)'), as: 'events' },
    { value: k(`SUM(${factAlias}.${fact.measure})`), as: 'total' },
  ];
  const factTable = {
    name: 'facts',
    body: select(style, {
      columns: [{ value: `${factAlias}.${id}` }, ...totals],
      from: `${other} ${k('AS')} ${factAlias}`,
      where: [recent, `${factAlias}.${plan.factColumn} ${k('IS NOT NULL')}`],
      groupBy: 1,
    }),
  };
  const last = select(style, {
    columns: [
      ...[id, ...plan.columns.map(column => column.as)].map(name => ({
        value: `picked.${name}`,
      })),
      { value: 'facts.events' },
      { value: 'facts.total' },
      ...literal,
    ],
    from: 'picked',
    joins: [`${k('LEFT JOIN')} facts ${k('ON')} facts.${id} = picked.${id}`],
  });

  const write = {
    join: () =>
      select(style, {
        columns: [...chosen(alias), ...totals, ...literal],
        from: `${other} ${k('AS')} ${factAlias}`,
        joins: [
          `${k('JOIN')} ${old} ${k('AS')} ${alias} ${k(
            'ON',
          )} ${factAlias}.${id} = ${reader.column(alias, id)}`,
        ],
        where: [...where(alias, plan.conditions), recent],
        groupBy: plan.columns.length + 1,
      }),
    tables: () =>
      withTables(
        style,
        [
          {
            name: 'picked',
            body: select(style, {
              columns: chosen(alias),
              from: `${old} ${k('AS')} ${alias}`,
              where: where(alias, plan.conditions),
            }),
          },
          factTable,
        ],
        last,
      ),
    star: () =>
      withTables(
        style,
        [
          {
            name: 'source',
            body: select(style, { columns: [{ value: '*' }], from: old }),
          },
          {
            name: 'picked',
            body: select(style, {
              columns: chosen('source'),
              from: 'source',
              where: where('source', plan.conditions),
            }),
          },
          factTable,
        ],
        last,
      ),
  }[plan.form];
  return `${plan.comment ? `${plan.comment}\n` : ''}${write()}\n`;
}
