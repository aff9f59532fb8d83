import { ModelUsage } from '@skein/plugin-campaigns-node';
import { TokenCounts } from './types';

/** No tokens. */
export const noTokens: TokenCounts = {
  input: 0,
  output: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  cacheRead: 0,
};

/** The tokens of a call as its provider tells them. */
export function countsOf(usage: ModelUsage): TokenCounts {
  const written = usage.cache_creation_input_tokens ?? 0;
  const hour = usage.cache_creation?.ephemeral_1h_input_tokens ?? 0;
  return {
    input: usage.input_tokens,
    output: usage.output_tokens,
    cacheWrite5m:
      usage.cache_creation?.ephemeral_5m_input_tokens ?? written - hour,
    cacheWrite1h: hour,
    cacheRead: usage.cache_read_input_tokens ?? 0,
  };
}

/** The sum of two counts. */
export function addCounts(one: TokenCounts, other: TokenCounts): TokenCounts {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheWrite5m: one.cacheWrite5m + other.cacheWrite5m,
    cacheWrite1h: one.cacheWrite1h + other.cacheWrite1h,
    cacheRead: one.cacheRead + other.cacheRead,
  };
}
