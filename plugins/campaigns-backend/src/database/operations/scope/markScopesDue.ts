import { Knex } from 'knex';
import { databaseNow, databaseNowPlus } from '../../clock';
import { CampaignRow } from '../../tables';

/**
 * Has the scopes of running campaigns computed again that are older than the
 * interval: consumers come and go while a campaign runs. One that failed waits
 * for its next time.
 */
export async function markScopesDue(
  knex: Knex,
  intervalMilliseconds: number,
): Promise<void> {
  await knex<CampaignRow>('campaigns')
    .whereIn('state', ['active', 'paused'])
    .where(query =>
      query
        .where(ready =>
          ready
            .where({ scope_state: 'ready' })
            .where(
              'scope_computed_at',
              '<=',
              databaseNowPlus(knex, -intervalMilliseconds),
            ),
        )
        .orWhere(failed =>
          failed
            .where({ scope_state: 'failed' })
            .where('scope_next_at', '<=', databaseNow(knex)),
        ),
    )
    .update({
      scope_state: 'computing',
      scope_message: 'Waiting to start',
      scope_ticket: null,
      scope_next_at: databaseNow(knex) as unknown as number,
    });
}
