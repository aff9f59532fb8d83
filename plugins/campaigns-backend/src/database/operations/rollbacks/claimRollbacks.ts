import { Knex } from 'knex';
import { claimDue } from '../claimDue';
import { RollbackRow } from './tables';

/** Takes up to `limit` rollbacks that are due; each is the caller's until its lease ends. */
export async function claimRollbacks(
  tx: Knex.Transaction,
  options: { limit: number; leaseMilliseconds: number },
): Promise<RollbackRow[]> {
  return claimDue<RollbackRow>(tx, {
    ...options,
    table: 'rollbacks',
    ticket: 'ticket',
    nextAt: 'next_at',
    due: query =>
      query
        .where({ state: 'planned' })
        .orderBy([{ column: 'next_at' }, { column: 'id' }]),
  });
}
