import { ModelPrices, PriceTable } from './types';

/** Writing costs 1.25 and 2 times the input at every model. */
function prices(input: number, output: number, cacheRead: number): ModelPrices {
  return {
    input,
    output,
    cacheWrite5m: input * 1.25,
    cacheWrite1h: input * 2,
    cacheRead,
  };
}

/**
 * List prices of Claude models in USD per million tokens, as published in
 * November 2026. Prices change and contracts differ: check yours and set
 * `campaigns.model.prices`.
 */
export const defaultPrices: PriceTable = {
  'claude-fable-5-1': prices(10, 50, 0.25),
  'claude-opus-5-5': prices(4, 20, 0.2),
  'claude-opus-5': prices(5, 25, 0.5),
  'claude-opus-4-8': prices(5, 25, 0.5),
  'claude-sonnet-5-5': prices(2, 10, 0.1),
  'claude-sonnet-5': prices(2, 10, 0.2),
  'claude-sonnet-4-6': prices(3, 15, 0.3),
  'claude-haiku-5-5': {
    ...prices(0.1, 0.5, 0.01),
    longPrompt: { aboveTokens: 100_000, ...prices(0.5, 2.5, 0.05) },
  },
  'claude-haiku-4-5': prices(1, 5, 0.1),
};
