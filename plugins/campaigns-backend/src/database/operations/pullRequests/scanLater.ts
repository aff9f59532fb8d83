import { Knex } from 'knex';
import { databaseNowPlus } from '../../clock';
import { PullRequestRow } from './tables';

const LATER_MILLISECONDS = 60 * 60_000;

/**
 * Has the merged code of a target looked at again after a while, since a look
 * came to nothing: else it would stay unverified until somebody pushes.
 */
export async function scanLater(
  tx: Knex.Transaction,
  targetId: string,
): Promise<void> {
  await tx<PullRequestRow>('pull_requests')
    .where({ target_id: targetId })
    .whereNull('scan_requested_at')
    .update({
      scan_requested_at: databaseNowPlus(
        tx,
        LATER_MILLISECONDS,
      ) as unknown as number,
    });
}
