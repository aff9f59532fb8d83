import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { defaultModelConfig, readModelConfig } from './readModelConfig';

const read = (model: JsonObject) =>
  readModelConfig(new ConfigReader({ campaigns: { model } }));

describe('readModelConfig', () => {
  it('has defaults for all of it', () => {
    expect(readModelConfig(new ConfigReader({}))).toEqual(defaultModelConfig);
    expect(read({})).toEqual(defaultModelConfig);
  });

  it('puts own prices over the built-in ones, with what they leave out in proportion', () => {
    const { prices } = read({
      prices: [
        { model: 'claude-opus-5-5', input: 3.6, output: 18, cacheRead: 0.18 },
        {
          model: 'other-1',
          input: 1,
          output: 4,
          longPrompt: { aboveTokens: 200_000, input: 2, output: 6 },
        },
      ],
    });
    expect(prices['claude-opus-5-5']).toEqual({
      input: 3.6,
      output: 18,
      cacheWrite5m: 4.5,
      cacheWrite1h: 7.2,
      cacheRead: 0.18,
    });
    expect(prices['other-1'].longPrompt).toEqual({
      aboveTokens: 200_000,
      input: 2,
      output: 6,
      cacheWrite5m: 2.5,
      cacheWrite1h: 4,
      cacheRead: 0.2,
    });
    expect(prices['claude-sonnet-5-5']).toBeDefined();
  });

  it('does not take built-in prices for those of another currency', () => {
    expect(() => read({ currency: 'EUR' })).toThrow(
      "the built-in prices are in USD: give 'campaigns.model.prices' too",
    );
    const { prices } = read({
      currency: 'EUR',
      prices: [{ model: 'claude-opus-5-5', input: 4, output: 19 }],
    });
    expect(Object.keys(prices)).toEqual(['claude-opus-5-5']);
  });

  it('refuses a model without a price, since no budget could hold', () => {
    expect(() => read({ models: ['claude-sonnet-5-5', 'gpt-5'] })).toThrow(
      "No price is known for the model 'gpt-5'",
    );
  });

  it('bounds jobs also where only something else is bounded', () => {
    const { budget } = read({ budget: { amount: 100, tokens: { perJob: 5 } } });
    expect(budget).toMatchObject({
      amount: 100,
      perJob: 10,
      tokens: { perJob: 5 },
    });
    expect(read({ budget: { perJob: 50 } }).budget.perJob).toBe(50);
  });

  it('reads durations and sizes, and refuses nonsense', () => {
    expect(
      read({ patience: '2m', requestMegabytes: 1, concurrency: 4 }),
    ).toMatchObject({
      patienceMilliseconds: 120_000,
      requestBytes: 1024 ** 2,
      concurrency: 4,
    });
    expect(() => read({ concurrency: 0 })).toThrow('at least 1');
  });
});
