import { Knex } from 'knex';
import { CampaignRow } from '../../tables';
import { claimDue } from '../claimDue';

/** A crash during the computation makes it due again after this long. */
const leaseMilliseconds = 10 * 60_000;

/** Takes campaigns whose scope is due to be computed; each carries its ticket. */
export async function claimScopeComputation(
  knex: Knex,
  limit: number,
): Promise<CampaignRow[]> {
  return knex.transaction(tx =>
    claimDue<CampaignRow>(tx, {
      table: 'campaigns',
      ticket: 'scope_ticket',
      nextAt: 'scope_next_at',
      due: query =>
        query.where({ scope_state: 'computing' }).orderBy('scope_next_at'),
      limit,
      leaseMilliseconds,
    }),
  );
}
