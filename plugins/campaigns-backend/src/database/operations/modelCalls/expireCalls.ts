import { Knex } from 'knex';
import { databaseNow, hasRowLocks } from '../../clock';
import { addSpend } from './addSpend';
import { ModelCallRow } from './tables';

/**
 * Charges the worst case of calls whose process was not heard of in time: they
 * may have been made, and nobody can tell any more what they cost.
 *
 * @returns the campaigns of those calls
 */
export async function expireCalls(
  tx: Knex.Transaction,
  limit: number,
): Promise<string[]> {
  const query = tx<ModelCallRow>('model_calls')
    .where({ state: 'reserved' })
    .where('expires_at', '<=', databaseNow(tx))
    .orderBy('expires_at')
    .limit(limit);
  const calls = await (hasRowLocks(tx)
    ? query.forUpdate().skipLocked()
    : query);
  // In the order of campaigns, so that two sweeps never wait for each other.
  const ordered = [...calls].sort((a, b) =>
    a.campaign_id.localeCompare(b.campaign_id),
  );
  for (const call of ordered) {
    const worst = {
      nanos: Number(call.reserved_nanos),
      tokens: Number(call.reserved_tokens),
    };
    await tx('model_calls')
      .where({ id: call.id })
      .update({
        state: 'settled',
        outcome: 'expired',
        message:
          'Its process was not heard of in time; the worst case is charged',
        cost_nanos: Number(call.cost_nanos) + worst.nanos,
        expired_nanos: worst.nanos,
        expired_tokens: worst.tokens,
        reserved_nanos: 0,
        reserved_tokens: 0,
        expires_at: null,
        finished_at: databaseNow(tx),
      });
    await addSpend(tx, call, {
      spent: worst,
      reserved: { nanos: -worst.nanos, tokens: -worst.tokens },
    });
  }
  return [...new Set(calls.map(call => call.campaign_id))];
}
