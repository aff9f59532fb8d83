import { DbTime } from '../../tables';

/** Whole numbers that Postgres gives as text. */
export type DbBigInteger = number | string;

/** Rows of `model_calls`. Money is in billionths of the price table's currency. */
export interface ModelCallRow {
  id: string;
  campaign_id: string;
  run_id: string | null;
  job_id: string | null;
  attempt: number | null;
  revision_id: string;
  purpose: 'agent' | 'judge' | 'estimate';
  provider: string;
  model: string;
  state: 'reserved' | 'settled';
  outcome: 'completed' | 'failed' | 'aborted' | 'expired' | null;
  message: string | null;
  reserved_nanos: DbBigInteger;
  reserved_tokens: DbBigInteger;
  cost_nanos: DbBigInteger;
  input_tokens: DbBigInteger;
  output_tokens: DbBigInteger;
  cache_write_5m_tokens: DbBigInteger;
  cache_write_1h_tokens: DbBigInteger;
  cache_read_tokens: DbBigInteger;
  assumed_nanos: DbBigInteger;
  expired_nanos: DbBigInteger;
  expired_tokens: DbBigInteger;
  retries: number;
  stop_reason: string | null;
  latency_ms: number | null;
  first_token_ms: number | null;
  expires_at: DbTime | null;
  at: DbTime;
  finished_at: DbTime | null;
}

/** Rows of `model_spend`. */
export interface ModelSpendRow {
  scope: SpendScope;
  scope_id: string;
  campaign_id: string;
  spent_nanos: DbBigInteger;
  reserved_nanos: DbBigInteger;
  spent_tokens: DbBigInteger;
  reserved_tokens: DbBigInteger;
}

/** What a budget is for. */
export type SpendScope = 'campaign' | 'run' | 'job';

/** Rows of `model_pace`. */
export interface ModelPaceRow {
  provider: string;
  paused_until: DbTime;
}

/** Rows of `model_estimates`. */
export interface ModelEstimateRow {
  id: string;
  campaign_id: string;
  revision_id: string;
  content: string;
  created_by: string;
  created_at: DbTime;
}
