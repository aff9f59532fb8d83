import { Page, PageRequest } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';

/** Rows of one page where the caller does not say. */
export const DEFAULT_PAGE_SIZE = 50;

/**
 * Reads one page of a query and counts all of it.
 *
 * @param query - with the columns that it selects; without any, all
 * @param order - ends with something unique, so that pages neither overlap nor leave gaps
 */
export async function listPage<TRow extends {}, T>(
  query: Knex.QueryBuilder<TRow, any>,
  page: PageRequest,
  order: Array<{ column: string; order: 'asc' | 'desc' }>,
  toItem: (row: TRow) => T,
): Promise<Page<T>> {
  const [{ total }]: any[] = await query
    .clone()
    .clearSelect()
    .count({ total: '*' });
  const rows = (await query
    .clone()
    .orderBy(order)
    .offset(page.offset ?? 0)
    .limit(page.limit ?? DEFAULT_PAGE_SIZE)) as TRow[];
  return { items: rows.map(toItem), totalItems: Number(total) };
}
