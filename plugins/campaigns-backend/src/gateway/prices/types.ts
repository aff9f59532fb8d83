/** Prices of a model per million tokens, in the table's currency. */
export interface TokenPrices {
  input: number;
  output: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
}

/** Prices of a model, and those of its long prompts where they differ. */
export interface ModelPrices extends TokenPrices {
  /** For calls whose whole input, cached or not, has more tokens than this. */
  longPrompt?: TokenPrices & { aboveTokens: number };
}

/** Prices by the name of the model as it is asked for. */
export type PriceTable = Readonly<Record<string, ModelPrices>>;

/** Tokens of a call by what they cost; the kinds are disjoint. */
export interface TokenCounts {
  input: number;
  output: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  cacheRead: number;
}
