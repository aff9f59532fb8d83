import { Knex } from 'knex';
import { hasRowLocks } from '../../clock';

/**
 * Many rows as one query to insert or join from: `(select …) `, to be put
 * behind `from`. They travel as one JSON text, which costs a twentieth of a
 * binding for each value and knows no bound on their number.
 *
 * @param columns - name and type, in the order of the values in each row
 */
export function jsonRows(
  knex: Knex,
  columns: Record<string, 'integer' | 'bigint' | 'text'>,
  rows: Array<Array<string | number | null>>,
): Knex.Raw {
  const postgres = hasRowLocks(knex);
  const selected = Object.entries(columns).map(([name, type], index) =>
    postgres
      ? `(value->>${index})::${type} as ${name}`
      : `json_extract(value, '$[${index}]') as ${name}`,
  );
  const source = postgres
    ? 'jsonb_array_elements(?::jsonb) as each_row(value)'
    : 'json_each(?)';
  return knex.raw(`(select ${selected.join(', ')} from ${source})`, [
    JSON.stringify(rows),
  ]);
}
