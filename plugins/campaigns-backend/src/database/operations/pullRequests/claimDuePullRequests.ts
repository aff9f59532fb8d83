import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { PullRequestRow } from './tables';

/**
 * Takes up to `limit` pull requests that are due for a look. Each carries the
 * ticket of this claim: what is seen may be stored only as long as no later
 * claim exists, so that an older look never replaces a newer one.
 */
export async function claimDuePullRequests(
  tx: Knex.Transaction,
  options: { limit: number; leaseMilliseconds: number },
): Promise<PullRequestRow[]> {
  const due = tx<PullRequestRow>('pull_requests')
    .where('next_sync_at', '<=', databaseNow(tx))
    .orderBy('next_sync_at')
    .limit(options.limit)
    .select('target_id');
  const rows: Array<{ target_id: string }> = await (hasRowLocks(tx)
    ? due.forUpdate().skipLocked()
    : due);
  if (rows.length === 0) return [];
  return tx<PullRequestRow>('pull_requests')
    .whereIn(
      'target_id',
      rows.map(row => row.target_id),
    )
    .update({
      sync_ticket: randomUUID(),
      sync_requested_at: null,
      next_sync_at: databaseNowPlus(
        tx,
        options.leaseMilliseconds,
      ) as unknown as number,
    })
    .returning('*');
}
