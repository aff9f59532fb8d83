import { ModelCall } from '@skein/plugin-campaigns-common';
import { fromNanos } from '../../../gateway/budget/budgetScopes';
import { toIso } from '../../clock';
import { ModelCallRow } from './tables';

/** The API's view of a call. */
export function toModelCall(row: ModelCallRow): ModelCall {
  return {
    id: row.id,
    at: toIso(row.at)!,
    finishedAt: toIso(row.finished_at),
    purpose: row.purpose,
    attempt: row.attempt ?? undefined,
    revisionId: row.revision_id,
    provider: row.provider,
    model: row.model,
    outcome: row.outcome ?? undefined,
    message: row.message ?? undefined,
    tokens: {
      input: Number(row.input_tokens),
      output: Number(row.output_tokens),
      cacheWrite5m: Number(row.cache_write_5m_tokens),
      cacheWrite1h: Number(row.cache_write_1h_tokens),
      cacheRead: Number(row.cache_read_tokens),
    },
    cost: fromNanos(Number(row.cost_nanos)),
    assumedCost: fromNanos(
      Number(row.assumed_nanos) + Number(row.expired_nanos),
    ),
    retries: row.retries,
    stopReason: row.stop_reason ?? undefined,
    latencyMs: row.latency_ms ?? undefined,
    firstTokenMs: row.first_token_ms ?? undefined,
  };
}
