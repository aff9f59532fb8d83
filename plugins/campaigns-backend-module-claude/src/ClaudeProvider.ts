import Anthropic from '@anthropic-ai/sdk';
import {
  ModelCallError,
  ModelCaller,
  ModelCallOptions,
  ModelMessage,
  ModelProvider,
  ModelRequest,
} from '@skein/plugin-campaigns-node';
import { toModelCallError } from './toModelCallError';
import { ClaudeSettings } from './readClaudeConfig';
import { readMessage } from './readMessage';
import { withoutKey } from './withoutKey';

/**
 * Claude through Anthropic's SDK. Answers are always streamed, so that a long
 * one is not taken for a dead connection and the usage is known from its first
 * event; only a complete one is given out.
 *
 * @public
 */
export class ClaudeProvider implements ModelProvider {
  readonly id = 'claude';
  readonly title: string;
  readonly defaults: ClaudeSettings['defaults'];
  readonly #settings: ClaudeSettings;
  readonly #clients = new Map<string, Anthropic>();

  private constructor(settings: ClaudeSettings) {
    this.#settings = settings;
    this.title =
      settings.title ?? `Claude at ${new URL(settings.baseURL).host}`;
    this.defaults = settings.defaults;
  }

  static create(settings: ClaudeSettings): ClaudeProvider {
    return new ClaudeProvider(settings);
  }

  async createMessage(
    request: ModelRequest,
    options: ModelCallOptions,
  ): Promise<ModelMessage> {
    return this.#call(options.caller, client =>
      readMessage(
        signal =>
          client.messages.stream(request as Anthropic.MessageStreamParams, {
            signal,
          }),
        { ...options, idleMilliseconds: this.#settings.idleMilliseconds },
      ),
    );
  }

  async countTokens(
    request: ModelRequest,
    { caller, signal }: ModelCallOptions,
  ): Promise<number> {
    const { model, messages, system, tools, tool_choice, thinking } = request;
    const { output_config, cache_control } = request;
    return this.#call(caller, async client => {
      try {
        const counted = await client.messages.countTokens(
          {
            model,
            messages,
            system,
            tools,
            tool_choice,
            thinking,
            output_config,
            cache_control,
          } as Anthropic.MessageCountTokensParams,
          { signal },
        );
        return counted.input_tokens;
      } catch (error) {
        throw toModelCallError(error, { answered: undefined, free: true });
      }
    });
  }

  /** With the key of the caller, which no error carries away. */
  async #call<T>(
    caller: ModelCaller,
    call: (client: Anthropic) => Promise<T>,
  ): Promise<T> {
    const key = this.#keyFor(caller);
    try {
      return await call(this.#clientWith(key));
    } catch (error) {
      throw withoutKey(error, key);
    }
  }

  #keyFor(caller: ModelCaller): string {
    const key = this.#settings.keys.find(
      ({ campaign, owner }) =>
        (campaign === undefined || campaign === caller.campaign) &&
        (owner === undefined || owner === caller.ownerRef),
    );
    if (!key) {
      throw new ModelCallError(
        `No key is configured for the campaign '${caller.campaign}' of ${caller.ownerRef}`,
        { kind: 'refused', charge: 'nothing', status: 401 },
      );
    }
    return key.apiKey;
  }

  #clientWith(apiKey: string): Anthropic {
    const known = this.#clients.get(apiKey);
    if (known) return known;
    const client = new Anthropic({
      apiKey,
      baseURL: this.#settings.baseURL,
      timeout: this.#settings.idleMilliseconds,
      // The gateway tries again, for all jobs at once.
      maxRetries: 0,
      // Requests hold other people's code: they are in no log and no span of the SDK.
      logLevel: 'off',
      openTelemetry: false,
    });
    this.#clients.set(apiKey, client);
    return client;
  }
}
