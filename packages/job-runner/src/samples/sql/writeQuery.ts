import type { Samples } from '../../protocol';
import type { SqlDialect, SqlQuery, TableUse } from '@skein/mapping-rewriter';

/**
 * The text of a query with other names for its tables, and with what the
 * campaign says for the current time and for parameters.
 *
 * @throws Error that says why it cannot be run on sample rows
 */
export function writeQuery(
  query: SqlQuery,
  dialect: SqlDialect,
  { parameters = {}, time }: Pick<Samples, 'parameters' | 'time'>,
  nameOf: (table: TableUse) => string,
): string {
  const valueOf = (name: string): string | undefined =>
    Object.hasOwn(parameters, name.slice(1))
      ? parameters[name.slice(1)]
      : undefined;
  const open = query.parameters.find(({ name }) => !valueOf(name));
  if (open) {
    throw new Error(
      `it needs a value for ${open.name}; verification.samples.parameters can give one`,
    );
  }
  const [random] = query.random;
  if (random !== undefined) {
    throw new Error(`${random} gives something else each time`);
  }
  const [moment] = query.moments;
  if (moment && time === undefined) {
    throw new Error(
      `${moment.name} gives something else each time; verification.samples.time can say when the sample rows are from`,
    );
  }
  const changes = [
    ...query.tables.map(table => ({
      start: table.start,
      end: table.end,
      text: nameOf(table) + aliasOf(table, dialect),
    })),
    ...query.parameters.map(({ name, start, end }) => ({
      start,
      end,
      text: `(${valueOf(name)})`,
    })),
    ...query.moments.map(({ name, start, end }) => ({
      start,
      end,
      text: momentText(name, query.text.slice(start, end), dialect, time!),
    })),
  ].sort((a, b) => b.start - a.start);
  return changes.reduce(
    (text, change) =>
      text.slice(0, change.start) + change.text + text.slice(change.end),
    query.text,
  );
}

function aliasOf({ unaliased }: TableUse, dialect: SqlDialect): string {
  if (unaliased === undefined) return '';
  const mark = dialect === 'bigquery' || dialect === 'spark' ? '`' : '"';
  return ` AS ${mark}${unaliased}${mark}`;
}

function momentText(
  name: string,
  written: string,
  dialect: SqlDialect,
  time: string,
): string {
  const moment = new Date(time)
    .toISOString()
    .replace('T', ' ')
    .replace('Z', '');
  const zone = /\(([^]*)\)$/.exec(written)?.[1].trim();
  if (dialect === 'bigquery') {
    const stamp = `TIMESTAMP '${moment}+00'`;
    const local = zone ? `DATETIME(${stamp}, ${zone})` : `DATETIME '${moment}'`;
    if (name === 'CURRENT_DATE') return `DATE(${local})`;
    if (name === 'CURRENT_DATETIME') return local;
    return name === 'CURRENT_TIME' ? `TIME(${local})` : stamp;
  }
  if (/^(CURRENT_DATE|TODAY)$/.test(name)) {
    return `CAST('${moment.slice(0, 10)}' AS DATE)`;
  }
  if (/^(CURRENT_TIME|LOCALTIME)$/.test(name))
    return `CAST('${moment.slice(11)}' AS TIME)`;
  return `CAST('${moment}' AS TIMESTAMP)`;
}
