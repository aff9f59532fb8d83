import { JsonObject, JsonValue } from '@backstage/types';

/**
 * A request for one message, as the body of the Messages API (`POST
 * /v1/messages`) without `stream`. The gateway has checked it: a provider sends
 * it as it is.
 *
 * @public
 */
export interface ModelRequest {
  model: string;
  /** Most tokens of the answer, thinking included. */
  max_tokens: number;
  messages: ModelRequestMessage[];
  system?: string | ModelContentBlock[];
  tools?: JsonObject[];
  tool_choice?: JsonObject;
  thinking?: JsonObject;
  /** `effort`, and `format` for structured output. */
  output_config?: JsonObject;
  cache_control?: JsonObject;
  stop_sequences?: string[];
  temperature?: number;
  top_k?: number;
  top_p?: number;
  metadata?: { user_id?: string };
}

/** @public */
export interface ModelRequestMessage {
  role: 'user' | 'assistant' | 'system';
  content: string | ModelContentBlock[];
}

/** A content block of the Messages API; `type` says which. @public */
export type ModelContentBlock = { type: string } & {
  [key: string]: JsonValue | undefined;
};

/** A complete message, as the Messages API answers it. @public */
export interface ModelMessage {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: ModelContentBlock[];
  stop_reason: string | null;
  stop_sequence: string | null;
  usage: ModelUsage;
}

/** Tokens of a call; the four kinds of input are disjoint. @public */
export interface ModelUsage {
  /** Neither written to the cache nor read from it. */
  input_tokens: number;
  output_tokens: number;
  cache_creation_input_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  /** How the written ones are divided; without it all count as 5 minutes'. */
  cache_creation?: {
    ephemeral_5m_input_tokens: number;
    ephemeral_1h_input_tokens: number;
  } | null;
}

/** For whom a call is made: a provider may keep a key for each campaign. @public */
export interface ModelCaller {
  campaign: string;
  /** Entity ref of the campaign's owner. */
  ownerRef: string;
}

/** @public */
export interface ModelCallOptions {
  caller: ModelCaller;
  /** Aborted where nobody waits for the answer any more: end the request upstream. */
  signal: AbortSignal;
  /** To be called with the first part of the answer. */
  onFirstToken?: () => void;
}

/** What to ask for where nobody says otherwise. @public */
export interface ModelDefaults {
  model: string;
  maxTokens: number;
  effort?: string;
  /** As the Messages API takes it, for example `{ type: 'adaptive' }`. */
  thinking?: JsonObject;
}

/**
 * A model behind the gateway. It holds the credentials, and does one request
 * for each call: it does not retry, queue or count money; the gateway does, once
 * for all jobs.
 *
 * @public
 */
export interface ModelProvider {
  /** For example `claude`. */
  readonly id: string;
  /** For people: `Claude at api.anthropic.com`. */
  readonly title: string;
  readonly defaults: ModelDefaults;
  /**
   * Resolves with the whole message, never with a part of it.
   *
   * @throws ModelCallError whatever the reason
   */
  createMessage(
    request: ModelRequest,
    options: ModelCallOptions,
  ): Promise<ModelMessage>;
  /**
   * Tokens of the request's input; free of charge.
   *
   * @throws ModelCallError
   */
  countTokens(
    request: ModelRequest,
    options: ModelCallOptions,
  ): Promise<number>;
}
