import Anthropic from '@anthropic-ai/sdk';
import { createHash } from 'node:crypto';

const MILLISECONDS = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** A part of a prompt; what is not of a text is counted by its JSON. */
interface Block {
  cache_control?: { ttl?: '5m' | '1h' } | null;
}

/** Tokens of a text, about four bytes each. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/**
 * Counts the tokens of prompts by their bytes, and what of them is in the
 * cache, as the API does: of the prefixes that end at a breakpoint the longest
 * known one is read, and what follows is written. A prefix is forgotten when
 * nobody has used it for its time.
 */
export class PromptCache {
  /** When each prefix is forgotten, by its digest. */
  readonly #prefixes = new Map<string, number>();
  readonly #now: () => number;

  /** @param now - the time in milliseconds, for tests */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Tokens of the input by what they cost. */
  usageOf(
    request: Pick<
      Anthropic.MessageCreateParams,
      'messages' | 'model' | 'system' | 'tools'
    >,
  ): Pick<
    Anthropic.Usage,
    | 'cache_creation'
    | 'cache_creation_input_tokens'
    | 'cache_read_input_tokens'
    | 'input_tokens'
  > {
    this.#forget();
    let tokens = 0;
    let read = 0;
    const written = { '5m': 0, '1h': 0 };
    let end = 0;
    const digest = createHash('sha256').update(request.model);
    for (const { cache_control: breakpoint, ...bare } of blocksOf(request)) {
      const text = JSON.stringify(bare);
      digest.update(text);
      tokens += tokensOf(text);
      if (!breakpoint) continue;
      const ttl = breakpoint.ttl ?? '5m';
      const prefix = digest.copy().digest('hex');
      if (this.#prefixes.has(prefix)) {
        read = tokens;
        written['5m'] = 0;
        written['1h'] = 0;
      } else {
        written[ttl] += tokens - end;
      }
      end = tokens;
      this.#prefixes.set(prefix, this.#now() + MILLISECONDS[ttl]);
    }
    return {
      input_tokens: tokens - end,
      cache_read_input_tokens: read,
      cache_creation_input_tokens: written['5m'] + written['1h'],
      cache_creation: {
        ephemeral_5m_input_tokens: written['5m'],
        ephemeral_1h_input_tokens: written['1h'],
      },
    };
  }

  #forget(): void {
    for (const [prefix, until] of this.#prefixes) {
      if (until <= this.#now()) this.#prefixes.delete(prefix);
    }
  }
}

/** In the order in which they are cached: tools, system, messages. */
function blocksOf({
  messages,
  system = [],
  tools = [],
}: Pick<
  Anthropic.MessageCreateParams,
  'messages' | 'system' | 'tools'
>): Block[] {
  return [
    ...(tools as Block[]),
    ...(typeof system === 'string'
      ? [{ text: system } as Block]
      : (system as Block[])),
    ...messages.flatMap(({ content, role }): Block[] =>
      typeof content === 'string'
        ? [{ role, content } as Block]
        : (content as Block[]).map(block => ({ role, ...block })),
    ),
  ];
}
