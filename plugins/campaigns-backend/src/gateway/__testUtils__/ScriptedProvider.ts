import {
  ModelCallError,
  ModelCallOptions,
  ModelContentBlock,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelUsage,
} from '@skein/plugin-campaigns-node';

/** What a call is answered with. */
export type ScriptedAnswer = (
  request: ModelRequest,
  options: ModelCallOptions,
) => Promise<ModelMessage> | ModelMessage;

let messages = 0;

/** A message with this content and usage; each has another id. */
export function messageOf(
  content: ModelContentBlock[],
  usage: Partial<ModelUsage> = {},
  more: Partial<ModelMessage> = {},
): ModelMessage {
  messages += 1;
  return {
    id: `msg_${messages}`,
    type: 'message',
    role: 'assistant',
    model: 'scripted-1',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: {
      input_tokens: 0,
      output_tokens: 0,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
      ...usage,
    },
    ...more,
  };
}

/** For tests: a model that answers what it is told to, and remembers what it was asked. */
export class ScriptedProvider implements ModelProvider {
  readonly id = 'scripted';
  readonly title = 'A script';
  readonly defaults = { model: 'scripted-1', maxTokens: 1_000 };
  readonly requests: ModelRequest[] = [];
  readonly options: ModelCallOptions[] = [];
  /** Calls under way, and the most of them at one time. */
  running = 0;
  mostRunning = 0;
  counted = 0;
  countedTokens = 100;
  answer: ScriptedAnswer = () => messageOf([{ type: 'text', text: 'Hello' }]);

  /** Answers with these in turn, then as before; an error is thrown. */
  script(...answers: Array<ScriptedAnswer | ModelCallError>): void {
    const otherwise = this.answer;
    this.answer = (request, options) => {
      const next = answers.shift() ?? otherwise;
      if (next instanceof ModelCallError) throw next;
      return next(request, options);
    };
  }

  async createMessage(
    request: ModelRequest,
    options: ModelCallOptions,
  ): Promise<ModelMessage> {
    this.requests.push(request);
    this.options.push(options);
    this.running += 1;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    try {
      const message = await this.answer(request, options);
      options.onFirstToken?.();
      return message;
    } finally {
      this.running -= 1;
    }
  }

  async countTokens(): Promise<number> {
    this.counted += 1;
    return this.countedTokens;
  }
}
