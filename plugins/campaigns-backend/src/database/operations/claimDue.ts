import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../clock';

/**
 * Leases up to `limit` due rows to the caller, each with a ticket of its own.
 * A crash makes them due again when the lease ends; no sweeper is needed.
 *
 * Select and update are one transaction, and rows that another claimer selected
 * are skipped: nobody else sees them before their lease is in the future.
 *
 * @param options - `due` narrows the query to what may be claimed and orders it; the due time is checked here
 */
export async function claimDue<TRow extends { id: string }>(
  tx: Knex.Transaction,
  options: {
    table: string;
    ticket: string;
    nextAt: string;
    due: (query: Knex.QueryBuilder) => void;
    limit: number;
    leaseMilliseconds: number;
  },
): Promise<TRow[]> {
  const { table, ticket, nextAt, limit, leaseMilliseconds } = options;
  const query = tx(table)
    .where(nextAt, '<=', databaseNow(tx))
    .limit(limit)
    .select('id');
  options.due(query);
  if (hasRowLocks(tx)) query.forUpdate().skipLocked();
  const claimed: TRow[] = [];
  for (const { id } of await query) {
    const [row] = await tx(table)
      .where({ id })
      .update({
        [ticket]: randomUUID(),
        [nextAt]: databaseNowPlus(tx, leaseMilliseconds),
      })
      .returning('*');
    claimed.push(row);
  }
  return claimed;
}
