import Anthropic from '@anthropic-ai/sdk';
import { createHash } from 'node:crypto';

const MILLISECONDS = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/** Blocks before a breakpoint at whose ends the API looks for what it knows. */
const LOOKBACK = 20;

/** A part of a prompt; what is not of a text is counted by its JSON. */
interface Block {
  cache_control?: { ttl?: '5m' | '1h' } | null;
}

/** Where a block of a prompt ends. */
interface PrefixEnd {
  /** Of all blocks up to it. */
  tokens: number;
  prefix: string;
}

/** Tokens of a text, about four bytes each. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/**
 * Counts the tokens of prompts by their bytes, and what of them is in the
 * cache, as the API does: of the prefixes that end at a breakpoint, or some
 * blocks before it, the longest known one is read, and what follows up to the
 * breakpoint is written. A prefix is forgotten when nobody has used it for its
 * time.
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
    const written = { '5m': 0, '1h': 0 };
    const ends: PrefixEnd[] = [];
    const kept: Array<[prefix: string, milliseconds: number]> = [];
    let read = 0;
    let end = 0;
    let tokens = 0;
    const digest = createHash('sha256').update(request.model);
    for (const { cache_control: breakpoint, ...bare } of blocksOf(request)) {
      const text = JSON.stringify(bare);
      digest.update(text);
      tokens += tokensOf(text);
      ends.push({ tokens, prefix: digest.copy().digest('hex') });
      if (!breakpoint) continue;
      const ttl = breakpoint.ttl ?? '5m';
      const known = this.#longestKnown(ends);
      if (known > read) {
        read = known;
        written['5m'] = 0;
        written['1h'] = 0;
      }
      written[ttl] += tokens - Math.max(end, read);
      end = tokens;
      kept.push([ends[ends.length - 1].prefix, MILLISECONDS[ttl]]);
    }
    // A request does not read what it writes itself.
    for (const [prefix, time] of kept) {
      this.#prefixes.set(prefix, this.#now() + time);
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

  /** @returns tokens of the longest prefix that is in the cache */
  #longestKnown(ends: PrefixEnd[]): number {
    const near = ends.slice(-LOOKBACK - 1);
    return (
      near.findLast(({ prefix }) => this.#prefixes.has(prefix))?.tokens ?? 0
    );
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
