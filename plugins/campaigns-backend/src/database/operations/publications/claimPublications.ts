import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { livePublicationStates, PublicationRow } from './tables';

/**
 * Takes up to `limit` due publications, oldest first. One that has been pushed
 * is finished whatever happened to its campaign; one that is only planned
 * waits while its campaign is paused.
 *
 * Select and update are one transaction, and rows that another claimer selected
 * are skipped: nobody else sees them before their lease is in the future.
 */
export async function claimPublications(
  tx: Knex.Transaction,
  options: { limit: number; leaseMilliseconds: number },
): Promise<PublicationRow[]> {
  const due = tx<PublicationRow>('publications')
    .whereIn('state', livePublicationStates)
    .where('next_at', '<=', databaseNow(tx))
    .andWhere(query =>
      query
        .where('state', 'pushed')
        .orWhereNotIn(
          'campaign_id',
          tx('campaigns').where({ state: 'paused' }).select('id'),
        ),
    )
    .orderBy([{ column: 'created_at' }, { column: 'id' }])
    .limit(options.limit);
  const rows: PublicationRow[] = await (hasRowLocks(tx)
    ? due.forUpdate().skipLocked()
    : due);
  const claimed: PublicationRow[] = [];
  for (const { id } of rows) {
    const [row] = await tx<PublicationRow>('publications')
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
