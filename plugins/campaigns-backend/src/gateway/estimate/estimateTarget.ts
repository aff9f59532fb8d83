import { costOf, ModelPrices, noTokens } from '../prices';

/** What the calls of one target are reckoned with. */
export interface TargetAssumptions {
  calls: number;
  outputTokensPerCall: number;
  /** By which each call's input is longer than the one's before: its answer, and what tools said to it. */
  growthTokensPerCall: number;
}

/** A prompt as it was counted. */
export interface CountedPrompt {
  /** All of it. */
  tokens: number;
  /** The part that is the same for all jobs, and so is read from the cache. */
  sharedTokens: number;
}

/**
 * What a target costs whose agent works as assumed. The talk is cached as it
 * grows: each call reads what was there and writes what is new.
 *
 * @param judged - one more call looks at the change, with nothing cached
 * @returns billionths of the prices' currency
 */
export function estimateTarget(
  prices: ModelPrices,
  prompt: CountedPrompt,
  assumed: TargetAssumptions,
  judged: boolean,
): number {
  const { outputTokensPerCall: output, growthTokensPerCall: growth } = assumed;
  const calls = Math.max(1, Math.round(assumed.calls));
  let nanos = 0;
  for (let call = 0; call < calls; call += 1) {
    const before =
      call === 0 ? prompt.sharedTokens : prompt.tokens + (call - 1) * growth;
    const written = call === 0 ? prompt.tokens - prompt.sharedTokens : growth;
    nanos += costOf(prices, {
      ...noTokens,
      cacheRead: Math.round(before),
      cacheWrite5m: Math.round(Math.max(0, written)),
      output: Math.round(output),
    });
  }
  if (!judged) return nanos;
  return (
    nanos +
    costOf(prices, {
      ...noTokens,
      input: prompt.tokens,
      output: Math.round(output),
    })
  );
}
