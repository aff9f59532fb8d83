import Anthropic from '@anthropic-ai/sdk';
import { PromptCache } from './PromptCache';

const cached = (ttl?: '5m' | '1h') => ({
  cache_control: { type: 'ephemeral' as const, ttl },
});
const system: Anthropic.TextBlockParam[] = [
  { type: 'text', text: 'The campaign', ...cached('1h') },
];
const said = (...texts: string[]): Anthropic.MessageParam => ({
  role: 'user',
  content: texts.map((text, index) => ({
    type: 'text',
    text,
    ...(index === texts.length - 1 && cached()),
  })),
});
const request = (...messages: Anthropic.MessageParam[]) => ({
  model: 'a',
  system,
  messages,
});

describe('PromptCache', () => {
  let now = 0;
  let cache: PromptCache;
  beforeEach(() => {
    now = 0;
    cache = new PromptCache(() => now);
  });
  const sum = (usage: ReturnType<PromptCache['usageOf']>) =>
    usage.input_tokens +
    usage.cache_read_input_tokens! +
    usage.cache_creation_input_tokens!;

  it('writes what is new, reads what is known, and counts the rest', () => {
    const first = cache.usageOf(request(said('one')));
    expect(first).toMatchObject({
      input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: {
        ephemeral_5m_input_tokens: expect.any(Number),
        ephemeral_1h_input_tokens: expect.any(Number),
      },
    });
    const again = cache.usageOf(request(said('one')));
    expect(again).toMatchObject({
      input_tokens: 0,
      cache_read_input_tokens: sum(first),
      cache_creation_input_tokens: 0,
    });
    const plain = cache.usageOf({
      ...request({ role: 'user', content: 'two' }),
    });
    expect(plain.input_tokens).toBeGreaterThan(0);
    expect(plain.cache_read_input_tokens).toBe(
      first.cache_creation!.ephemeral_1h_input_tokens,
    );
  });

  it('finds what an earlier turn wrote, though its breakpoint has moved on', () => {
    const first = cache.usageOf(request(said('one')));
    const unmarked: Anthropic.MessageParam = {
      role: 'user',
      content: [{ type: 'text', text: 'one' }],
    };
    const answer: Anthropic.MessageParam = {
      role: 'assistant',
      content: [{ type: 'text', text: 'yes' }],
    };
    const second = cache.usageOf(request(unmarked, answer, said('two')));
    expect(second.cache_read_input_tokens).toBe(sum(first));
    expect(second.cache_creation_input_tokens).toBe(sum(second) - sum(first));
    // But not further back than the API looks.
    const many = Array.from({ length: 30 }, (_, index) => `${index}`);
    const far = cache.usageOf(request(unmarked, answer, said(...many)));
    expect(far.cache_read_input_tokens).toBeLessThan(sum(first));
  });

  it('forgets what nobody has used for its time', () => {
    const first = cache.usageOf(request(said('one')));
    now = 4 * 60_000;
    cache.usageOf(request(said('one')));
    now = 8 * 60_000;
    expect(cache.usageOf(request(said('one')))).toMatchObject({
      cache_read_input_tokens: sum(first),
    });
    now = 14 * 60_000;
    expect(cache.usageOf(request(said('one')))).toMatchObject({
      cache_read_input_tokens: first.cache_creation!.ephemeral_1h_input_tokens,
    });
  });

  it('is not shared between models', () => {
    cache.usageOf(request(said('one')));
    expect(
      cache.usageOf({ ...request(said('one')), model: 'b' }),
    ).toMatchObject({ cache_read_input_tokens: 0 });
  });
});
