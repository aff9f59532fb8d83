import { Knex } from 'knex';
import { Amount } from '../../../gateway/budget/types';
import { TokenCounts, totalTokens } from '../../../gateway/prices';
import { databaseNow, databaseNowPlus, hasRowLocks } from '../../clock';
import { addSpend } from './addSpend';
import { ModelCallRow } from './tables';

/** What one try of a call cost. */
export interface CallCharge {
  nanos: number;
  tokens: TokenCounts;
  /** The part of the money that is a worst case. */
  assumedNanos: number;
}

/** How a call ended. */
export interface CallEnding {
  outcome: NonNullable<ModelCallRow['outcome']>;
  message?: string;
  stopReason?: string;
  retries: number;
  latencyMs: number;
  firstTokenMs?: number;
}

/**
 * Takes a call's reservation back and charges what it cost; with an ending the
 * call is over, without one it is going to be tried again.
 *
 * A call whose reservation had expired into its worst case is corrected: what
 * really happened is known now.
 */
export async function settleCall(
  tx: Knex.Transaction,
  id: string,
  charge: CallCharge,
  leaseMilliseconds: number,
  ending?: CallEnding,
): Promise<void> {
  const query = tx<ModelCallRow>('model_calls').where({ id });
  const call = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
  // Gone with its campaign.
  if (!call) return;
  const expired: Amount = {
    nanos: Number(call.expired_nanos),
    tokens: Number(call.expired_tokens),
  };
  const { tokens } = charge;
  await tx('model_calls')
    .where({ id })
    .update({
      cost_nanos: Number(call.cost_nanos) + charge.nanos - expired.nanos,
      input_tokens: Number(call.input_tokens) + tokens.input,
      output_tokens: Number(call.output_tokens) + tokens.output,
      cache_write_5m_tokens:
        Number(call.cache_write_5m_tokens) + tokens.cacheWrite5m,
      cache_write_1h_tokens:
        Number(call.cache_write_1h_tokens) + tokens.cacheWrite1h,
      cache_read_tokens: Number(call.cache_read_tokens) + tokens.cacheRead,
      assumed_nanos: Number(call.assumed_nanos) + charge.assumedNanos,
      expired_nanos: 0,
      expired_tokens: 0,
      reserved_nanos: 0,
      reserved_tokens: 0,
      expires_at: ending ? null : databaseNowPlus(tx, leaseMilliseconds),
      ...(ending && {
        state: 'settled',
        outcome: ending.outcome,
        message: ending.message ?? null,
        stop_reason: ending.stopReason ?? null,
        retries: ending.retries,
        latency_ms: ending.latencyMs,
        first_token_ms: ending.firstTokenMs ?? null,
        finished_at: databaseNow(tx),
      }),
    });
  await addSpend(tx, call, {
    spent: {
      nanos: charge.nanos - expired.nanos,
      tokens: totalTokens(tokens) - expired.tokens,
    },
    reserved: {
      nanos: -Number(call.reserved_nanos),
      tokens: -Number(call.reserved_tokens),
    },
  });
}
