import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { LostLeaseError } from './LostLeaseError';
import { livePublicationStates, PublicationRow } from './tables';

/** What the holder of a publication may write. */
export interface PublicationUpdate
  extends Partial<
    Pick<
      PublicationRow,
      | 'state'
      | 'branch'
      | 'base_branch'
      | 'head_sha'
      | 'pr_number'
      | 'attempts'
      | 'last_error'
    >
  > {
  /** Milliseconds from now: the new end of the lease, or when it is due again. */
  nextIn?: number;
}

/**
 * Writes to a publication that the caller holds.
 *
 * @throws LostLeaseError where it is another's by now, or has ended
 */
export async function updatePublication(
  knex: Knex,
  held: Pick<PublicationRow, 'id' | 'ticket'>,
  update: PublicationUpdate,
): Promise<PublicationRow> {
  const { nextIn, ...columns } = update;
  const [row] = await knex<PublicationRow>('publications')
    .where({ id: held.id, ticket: held.ticket })
    .whereIn('state', livePublicationStates)
    .update({
      ...columns,
      ...(nextIn !== undefined && {
        next_at: databaseNowPlus(knex, nextIn) as unknown as number,
      }),
      updated_at: databaseNow(knex) as unknown as number,
    })
    .returning('*');
  if (!row) {
    throw new LostLeaseError(
      `Publication ${held.id} is no longer ours: its lease ended, or it was stopped`,
    );
  }
  return row;
}
