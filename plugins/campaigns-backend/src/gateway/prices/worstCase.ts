import { ModelRequest } from '@skein/plugin-campaigns-node';
import { costOf } from './costOf';
import { noTokens } from './countsOf';
import { ModelPrices, TokenCounts } from './types';

/** What providers add by themselves: instructions for the use of tools, and separators. */
const HIDDEN_TOKENS = 1_000;
/** Each tool that the provider itself describes. */
const TYPED_TOOL_TOKENS = 1_000;
/** An image of any size; the largest are reduced to less. */
const IMAGE_TOKENS = 5_000;

/** The most that a call can cost. */
export interface WorstCase {
  tokens: TokenCounts;
  /** Billionths of the price table's currency. */
  nanos: number;
}

/**
 * An upper bound of a request's input tokens, without asking anybody: a token
 * is at least one byte, and the JSON has more bytes than the text.
 */
export function boundInputTokens(request: ModelRequest): number {
  let images = 0;
  const { system, messages, tools, output_config: output } = request;
  const text = JSON.stringify([system, messages, tools, output], (_, value) => {
    if (value?.type !== 'image') return value;
    images += 1;
    return undefined;
  });
  const typed = (tools ?? []).filter(
    tool => tool.type !== undefined && tool.type !== 'custom',
  );
  return (
    Buffer.byteLength(text) +
    HIDDEN_TOKENS +
    typed.length * TYPED_TOOL_TOKENS +
    images * IMAGE_TOKENS
  );
}

/**
 * An upper bound from a provider's own count, which is an estimate: "may differ
 * by a small amount".
 */
export function boundCountedTokens(counted: number): number {
  return Math.ceil(counted * 1.05) + 500;
}

/**
 * What a request costs at most: all input at the dearest price that it can
 * have, and as much output as it allows.
 *
 * @param inputTokens - at most so many
 */
export function worstCase(
  prices: ModelPrices,
  request: ModelRequest,
  inputTokens: number,
): WorstCase {
  const tokens: TokenCounts = {
    ...noTokens,
    [dearestInput(request)]: inputTokens,
    output: request.max_tokens,
  };
  return { tokens, nanos: costOf(prices, tokens) };
}

function dearestInput(request: ModelRequest): keyof TokenCounts {
  let cached = false;
  let hour = false;
  JSON.stringify(request, (key, value) => {
    if (key === 'cache_control' && value) {
      cached = true;
      hour ||= value.ttl === '1h';
    }
    return value;
  });
  if (hour) return 'cacheWrite1h';
  return cached ? 'cacheWrite5m' : 'input';
}
