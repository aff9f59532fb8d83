import { Knex } from 'knex';
import { claimDue } from '../claimDue';
import { livePublicationStates, PublicationRow } from './tables';

/**
 * Takes up to `limit` due publications, oldest first. One that has been pushed
 * is finished whatever happened to its campaign; one that is only planned
 * waits while its campaign is paused.
 */
export async function claimPublications(
  tx: Knex.Transaction,
  options: { limit: number; leaseMilliseconds: number },
): Promise<PublicationRow[]> {
  return claimDue<PublicationRow>(tx, {
    ...options,
    table: 'publications',
    ticket: 'ticket',
    nextAt: 'next_at',
    due: query =>
      query
        .whereIn('state', livePublicationStates)
        .andWhere(either =>
          either
            .where('state', 'pushed')
            .orWhereNotIn(
              'campaign_id',
              tx('campaigns').where({ state: 'paused' }).select('id'),
            ),
        )
        .orderBy([{ column: 'created_at' }, { column: 'id' }]),
  });
}
