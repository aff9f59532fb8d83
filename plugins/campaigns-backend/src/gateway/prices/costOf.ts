import { ModelPrices, TokenCounts, TokenPrices } from './types';

/** Billionths of a currency's unit: a price per million tokens is a thousand of them per token. */
const NANOS_PER_TOKEN = 1_000;

/**
 * What tokens cost, in billionths of the currency, rounded up to a whole one.
 *
 * @param tokens - of one call: a long prompt has other prices for all of it
 */
export function costOf(prices: ModelPrices, tokens: TokenCounts): number {
  const prompt =
    tokens.input + tokens.cacheWrite5m + tokens.cacheWrite1h + tokens.cacheRead;
  const { longPrompt } = prices;
  const applied: TokenPrices =
    longPrompt && prompt > longPrompt.aboveTokens ? longPrompt : prices;
  const kinds = Object.keys(tokens) as Array<keyof TokenCounts>;
  const perToken = (kind: keyof TokenCounts) =>
    // Without the rounding, 0.1 a million would be 100.00000000000001 each.
    Math.round(applied[kind] * NANOS_PER_TOKEN * 1_000) / 1_000;
  return Math.ceil(
    kinds.reduce((sum, kind) => sum + tokens[kind] * perToken(kind), 0),
  );
}

/** All tokens of a call, of whatever kind. */
export function totalTokens(tokens: TokenCounts): number {
  return (
    tokens.input +
    tokens.output +
    tokens.cacheWrite5m +
    tokens.cacheWrite1h +
    tokens.cacheRead
  );
}
