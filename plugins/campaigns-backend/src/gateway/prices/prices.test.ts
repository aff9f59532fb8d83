import { ModelRequest } from '@skein/plugin-campaigns-node';
import fc from 'fast-check';
import { costOf } from './costOf';
import { countsOf, noTokens } from './countsOf';
import { defaultPrices } from './defaultPrices';
import { TokenCounts } from './types';
import { boundInputTokens, worstCase } from './worstCase';

const million = 1_000_000;

describe('costOf', () => {
  it('is the price of each kind of token', () => {
    const prices = defaultPrices['claude-opus-5-5'];
    const cost = (tokens: Partial<TokenCounts>) =>
      costOf(prices, { ...noTokens, ...tokens }) / 1e9;
    expect(cost({ input: million })).toBe(4);
    expect(cost({ output: million })).toBe(20);
    expect(cost({ cacheWrite5m: million })).toBe(5);
    expect(cost({ cacheWrite1h: million })).toBe(8);
    expect(cost({ cacheRead: million })).toBe(0.2);
    // A single cached token has a price too.
    expect(costOf(prices, { ...noTokens, cacheRead: 1 })).toBe(200);
  });

  it('prices all of a call by the length of its whole prompt', () => {
    const prices = defaultPrices['claude-haiku-5-5'];
    const tokens = { ...noTokens, cacheRead: 99_999, input: 1, output: 1_000 };
    expect(costOf(prices, tokens)).toBe(99_999 * 10 + 100 + 500_000);
    expect(costOf(prices, { ...tokens, input: 2 })).toBe(
      99_999 * 50 + 2 * 500 + 2_500_000,
    );
  });
});

describe('countsOf', () => {
  it('divides what was written to the cache', () => {
    expect(
      countsOf({
        input_tokens: 1,
        output_tokens: 2,
        cache_creation_input_tokens: 30,
        cache_creation: {
          ephemeral_5m_input_tokens: 10,
          ephemeral_1h_input_tokens: 20,
        },
        cache_read_input_tokens: 4,
      }),
    ).toEqual({
      input: 1,
      output: 2,
      cacheWrite5m: 10,
      cacheWrite1h: 20,
      cacheRead: 4,
    });
    expect(
      countsOf({
        input_tokens: 1,
        output_tokens: 2,
        cache_creation_input_tokens: 30,
      }).cacheWrite5m,
    ).toBe(30);
  });
});

describe('worstCase', () => {
  const request = (more: Partial<ModelRequest> = {}): ModelRequest => ({
    model: 'claude-opus-5-5',
    max_tokens: 1_000,
    messages: [{ role: 'user', content: 'Hello' }],
    ...more,
  });

  it('is never passed, however the input is divided between cache and no cache', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(defaultPrices)),
        fc.constantFrom(undefined, '5m', '1h'),
        fc.nat(300_000),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: 4,
          maxLength: 4,
        }),
        (model, ttl, bound, shares) => {
          const cached = ttl && {
            cache_control: { type: 'ephemeral', ttl },
          };
          const asked = request({ model, ...cached });
          const worst = worstCase(defaultPrices[model], asked, bound);
          const sum = Math.max(1, shares[0] + shares[1] + shares[2]);
          const part = (share: number) => Math.floor((bound * share) / sum);
          const actual: TokenCounts = {
            input: part(shares[0]),
            cacheRead: ttl ? part(shares[1]) : 0,
            cacheWrite5m: ttl ? part(shares[2]) : 0,
            cacheWrite1h: 0,
            output: Math.floor(1_000 * shares[3]),
          };
          expect(costOf(defaultPrices[model], actual)).toBeLessThanOrEqual(
            worst.nanos,
          );
        },
      ),
    );
  });

  it('knows a cache of an hour wherever it is asked for', () => {
    const block = {
      type: 'text',
      text: 'x',
      cache_control: { type: 'ephemeral', ttl: '1h' },
    };
    const { tokens } = worstCase(
      defaultPrices['claude-opus-5-5'],
      request({ system: [block] }),
      100,
    );
    expect(tokens.cacheWrite1h).toBe(100);
  });

  it('bounds tokens by bytes, and images by what the largest take', () => {
    const text = '価格'.repeat(100);
    const plain = boundInputTokens(
      request({ messages: [{ role: 'user', content: text }] }),
    );
    expect(plain).toBeGreaterThan(Buffer.byteLength(text));
    const image = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(99) },
    };
    const one = request({ messages: [{ role: 'user', content: [image] }] });
    const two = request({
      messages: [{ role: 'user', content: [image, image] }],
    });
    expect(boundInputTokens(one)).toBeGreaterThan(5_000);
    expect(
      boundInputTokens(two) - boundInputTokens(one),
    ).toBeGreaterThanOrEqual(5_000);
  });
});
