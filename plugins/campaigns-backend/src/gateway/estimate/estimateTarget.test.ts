import fc from 'fast-check';
import { defaultPrices } from '../prices';
import { estimateTarget } from './estimateTarget';

const prices = defaultPrices['claude-opus-5-5'];

describe('estimateTarget', () => {
  it('reads the shared part from the cache, writes the rest, and both as the talk grows', () => {
    const prompt = { tokens: 10_000, sharedTokens: 8_000 };
    const assumed = {
      calls: 3,
      outputTokensPerCall: 100,
      growthTokensPerCall: 500,
    };
    const output = 3 * 100 * 20_000;
    const first = 8_000 * 200 + 2_000 * 5_000;
    const second = 10_000 * 200 + 500 * 5_000;
    const third = 10_500 * 200 + 500 * 5_000;
    expect(estimateTarget(prices, prompt, assumed, false)).toBe(
      output + first + second + third,
    );
    expect(estimateTarget(prices, prompt, assumed, true)).toBe(
      output + first + second + third + 10_000 * 4_000 + 100 * 20_000,
    );
  });

  it('costs more the more is assumed', () => {
    const figure = fc.nat(20_000);
    fc.assert(
      fc.property(
        figure,
        figure,
        fc.nat(60),
        figure,
        figure,
        (tokens, shared, calls, output, growth) => {
          const prompt = { tokens: tokens + shared, sharedTokens: shared };
          const assumed = {
            calls,
            outputTokensPerCall: output,
            growthTokensPerCall: growth,
          };
          const cost = estimateTarget(prices, prompt, assumed, false);
          for (const more of [
            { ...assumed, calls: calls + 1 },
            { ...assumed, outputTokensPerCall: output + 1 },
            { ...assumed, growthTokensPerCall: growth + 1 },
          ]) {
            expect(
              estimateTarget(prices, prompt, more, false),
            ).toBeGreaterThanOrEqual(cost);
          }
        },
      ),
    );
  });
});
