import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { PullRequestRow } from './tables';

/**
 * Locks a claimed pull request.
 *
 * @returns undefined where a later look, or a newer pull request, has taken its place
 */
export async function lockClaimed(
  tx: Knex.Transaction,
  claimed: Pick<PullRequestRow, 'target_id' | 'sync_ticket'>,
): Promise<PullRequestRow | undefined> {
  const query = tx<PullRequestRow>('pull_requests').where({
    target_id: claimed.target_id,
    sync_ticket: claimed.sync_ticket,
  });
  return (hasRowLocks(tx) ? query.forUpdate() : query).first();
}

/**
 * Ends a look at a pull request that {@link lockClaimed} locked.
 *
 * @param nextIn - milliseconds until the next look; undefined for never. An event that came during this one asks for another at once.
 */
export async function updateSynced(
  tx: Knex.Transaction,
  row: PullRequestRow,
  columns: Partial<PullRequestRow>,
  nextIn: number | undefined,
): Promise<void> {
  const now = databaseNow(tx) as unknown as number;
  const requested = row.sync_requested_at !== null;
  await tx<PullRequestRow>('pull_requests')
    .where({ target_id: row.target_id })
    .update({
      ...columns,
      sync_ticket: null,
      ...(requested
        ? { next_sync_at: now }
        : {
            next_sync_at:
              nextIn === undefined
                ? null
                : (tx.raw('? + ?', [
                    databaseNow(tx),
                    Math.round(nextIn),
                  ]) as unknown as number),
          }),
    });
}
