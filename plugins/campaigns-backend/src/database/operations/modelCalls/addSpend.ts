import { Knex } from 'knex';
import { Amount } from '../../../gateway/budget/types';
import { ModelCallRow } from './tables';
import { lockSpend, SpendKey } from './lockSpend';

/** The scopes that a call counts for. */
export function scopesOf(
  call: Pick<ModelCallRow, 'campaign_id' | 'run_id' | 'job_id'>,
): SpendKey[] {
  const { campaign_id: campaign, run_id: run, job_id: job } = call;
  return [
    { scope: 'campaign', id: campaign },
    ...(run ? [{ scope: 'run' as const, id: run }] : []),
    ...(job ? [{ scope: 'job' as const, id: job }] : []),
  ];
}

/** Adds to the sums of all scopes of a call; negative amounts take away. */
export async function addSpend(
  tx: Knex.Transaction,
  call: Pick<ModelCallRow, 'campaign_id' | 'run_id' | 'job_id'>,
  change: { spent: Amount; reserved: Amount },
): Promise<void> {
  const { spent, reserved } = change;
  for (const { scope, id } of await lockSpend(
    tx,
    call.campaign_id,
    scopesOf(call),
  )) {
    await tx('model_spend')
      .where({ scope, scope_id: id })
      .update({
        spent_nanos: tx.raw('spent_nanos + ?', [spent.nanos]),
        spent_tokens: tx.raw('spent_tokens + ?', [spent.tokens]),
        reserved_nanos: tx.raw('reserved_nanos + ?', [reserved.nanos]),
        reserved_tokens: tx.raw('reserved_tokens + ?', [reserved.tokens]),
      });
  }
}
