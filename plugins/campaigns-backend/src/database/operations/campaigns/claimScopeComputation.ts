import { randomUUID } from 'crypto';
import { Knex } from 'knex';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { CampaignRow } from '../../tables';

/** A crash during the computation makes it due again after this long. */
const leaseMilliseconds = 10 * 60_000;

/** Takes campaigns whose scope is due to be computed; each carries its ticket. */
export async function claimScopeComputation(
  knex: Knex,
  limit: number,
): Promise<CampaignRow[]> {
  return knex.transaction(async tx => {
    const due = tx<CampaignRow>('campaigns')
      .where({ scope_state: 'computing' })
      .andWhere('scope_next_at', '<=', databaseNow(tx))
      .orderBy('scope_next_at')
      .limit(limit);
    if (hasRowLocks(tx)) due.forUpdate().skipLocked();
    const claimed: CampaignRow[] = [];
    for (const { id } of await due.select('id')) {
      const [row] = await tx<CampaignRow>('campaigns')
        .where({ id })
        .update({
          scope_ticket: randomUUID(),
          scope_next_at: databaseNowPlus(
            tx,
            leaseMilliseconds,
          ) as unknown as number,
        })
        .returning('*');
      claimed.push(row);
    }
    return claimed;
  });
}
