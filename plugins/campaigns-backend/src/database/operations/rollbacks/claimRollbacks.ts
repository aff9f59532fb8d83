import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { RollbackRow } from './tables';

/** Takes up to `limit` rollbacks that are due; each is the caller's until its lease ends. */
export async function claimRollbacks(
  tx: Knex.Transaction,
  options: { limit: number; leaseMilliseconds: number },
): Promise<RollbackRow[]> {
  const due = tx<RollbackRow>('rollbacks')
    .where({ state: 'planned' })
    .where('next_at', '<=', databaseNow(tx))
    .orderBy([{ column: 'next_at' }, { column: 'id' }])
    .limit(options.limit);
  const rows: RollbackRow[] = await (hasRowLocks(tx)
    ? due.forUpdate().skipLocked()
    : due);
  const claimed: RollbackRow[] = [];
  for (const { id } of rows) {
    const [row] = await tx<RollbackRow>('rollbacks')
      .where({ id })
      .update({
        ticket: randomUUID(),
        next_at: databaseNowPlus(
          tx,
          options.leaseMilliseconds,
        ) as unknown as number,
      })
      .returning('*');
    claimed.push(row);
  }
  return claimed;
}
