import { Knex } from 'knex';

/**
 * Narrows a query to rows whose text holds each word, whatever its case.
 * Wildcards in what a person typed are letters like any other.
 *
 * @param text - a SQL expression of ours, never of a person's
 */
export function whereWords(
  query: Knex.QueryBuilder,
  text: string,
  search: string | undefined,
): void {
  for (const word of (search ?? '').split(/\s+/).filter(Boolean)) {
    const pattern = `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    query.whereRaw(`lower(${text}) like ? escape '\\'`, [pattern]);
  }
}
