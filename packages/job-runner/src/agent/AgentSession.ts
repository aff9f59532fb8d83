import Anthropic from '@anthropic-ai/sdk';
import { fenceText, RenderedPrompt } from '@skein/agent-context';
import { boundText } from '../process/boundText';
import { AgentOutcome, AgentSettings, TokenUsage } from '../protocol';
import { buildRequest } from './buildRequest';
import { callModel, ModelCallError } from './callModel';
import { AgentTool, ToolAnswer, ToolInputError } from './tools/AgentTool';
import { ToolContext } from './tools/ToolContext';
import { Transcript } from './Transcript';
import { addUsage, noUsage, totalTokens, usageOf } from './usage';

/** What a session works with. */
export interface AgentSessionOptions {
  client: Anthropic;
  settings: AgentSettings & { model: string };
  prompt: RenderedPrompt;
  fence: string;
  tools: AgentTool[];
  context: ToolContext;
  transcript: Transcript;
  signal: AbortSignal;
}

/** How a run of an agent ended. */
export interface AgentEnd {
  outcome: AgentOutcome;
  /** One line. */
  summary: string;
}

/** Answers without a call of a tool, or cut off, or with calls that do not fit, one after the other. */
const MISSTEPS = 4;

const TOOL_CALLS_PER_TURN = 32;

/**
 * One talk with a model over the Messages API, from its first turn until it
 * finishes or a bound ends it. The loop is our own and not the SDK's tool
 * runner: a budget that is spent, a turn that was cut and a stop by a person
 * each end it in another way, and what an answer asks for is only done when
 * all of the answer is there.
 */
export class AgentSession {
  readonly #options: AgentSessionOptions;
  readonly #talk: Anthropic.MessageParam[] = [];
  turns = 0;
  usage: TokenUsage = noUsage;
  /** As the backend names it. */
  model: string;

  constructor(options: AgentSessionOptions) {
    this.#options = options;
    this.model = options.settings.model;
  }

  /**
   * Lets the agent work until it finishes, or cannot go on.
   *
   * @param feedback - why it is called again, after it had finished; undefined the first time
   */
  async run(feedback?: string): Promise<AgentEnd> {
    const { context, prompt, settings } = this.#options;
    this.#say(feedback ?? prompt.target);
    context.finished = undefined;
    const giveUp = AbortSignal.timeout(settings.timeoutSeconds * 1_000);
    const signal = AbortSignal.any([this.#options.signal, giveUp]);
    let missteps = 0;
    while (missteps < MISSTEPS) {
      const bound = this.#reachedBound();
      if (bound) return bound;
      let step: 'good' | 'misstep' | AgentEnd;
      try {
        step = await this.#turn(signal);
      } catch (error) {
        this.#options.signal.throwIfAborted();
        if (giveUp.aborted) {
          const summary = `It took longer than ${settings.timeoutSeconds} s`;
          return { outcome: 'time', summary };
        }
        if (!(error instanceof ModelCallError)) throw error;
        return { outcome: error.outcome, summary: error.message };
      }
      if (typeof step === 'object') return step;
      missteps = step === 'good' ? 0 : missteps + 1;
    }
    const summary = `It went wrong ${MISSTEPS} times in a row without a way on`;
    return { outcome: 'stuck', summary };
  }

  #reachedBound(): AgentEnd | undefined {
    const { maxTotalTokens, maxTurns } = this.#options.settings;
    if (this.turns >= maxTurns) {
      const summary = `It was not done after ${maxTurns} turns`;
      return { outcome: 'turns', summary };
    }
    if (totalTokens(this.usage) >= maxTotalTokens) {
      const summary = `It was not done after ${maxTotalTokens} tokens`;
      return { outcome: 'tokens', summary };
    }
    return undefined;
  }

  async #turn(signal: AbortSignal): Promise<'good' | 'misstep' | AgentEnd> {
    const { client, context, prompt, settings, tools } = this.#options;
    const startedAt = Date.now();
    const request = buildRequest(settings, prompt, tools, this.#talk);
    const message = await callModel(client, request, signal);
    this.turns += 1;
    this.model = message.model;
    const usage = usageOf(message.usage);
    this.usage = addUsage(this.usage, usage);
    this.#options.transcript.add({
      kind: 'turn',
      turn: this.turns,
      model: message.model.slice(0, 200),
      stopReason: String(message.stop_reason),
      text: textOf(message),
      usage,
      durationMs: Date.now() - startedAt,
    });
    this.#keep(message.content);
    const step = await this.#follow(message, signal);
    if (context.finished) {
      return { outcome: 'finished', summary: context.finished.summary };
    }
    return step;
  }

  /** What goes on after a pause is a part of the same message. */
  #keep(content: Anthropic.ContentBlock[]): void {
    if (content.length === 0) return;
    const last = this.#talk[this.#talk.length - 1];
    if (last?.role === 'assistant' && Array.isArray(last.content)) {
      last.content.push(...content);
    } else {
      this.#talk.push({ role: 'assistant', content: [...content] });
    }
  }

  /** Does what follows from an answer. */
  async #follow(
    message: Anthropic.Message,
    signal: AbortSignal,
  ): Promise<'good' | 'misstep' | AgentEnd> {
    const calls = message.content.filter(block => block.type === 'tool_use');
    switch (message.stop_reason) {
      case 'tool_use':
        return this.#useTools(calls, signal);
      case 'pause_turn':
        // Sent as it is, the talk goes on where it paused.
        return 'misstep';
      case 'refusal':
        return { outcome: 'refused', summary: 'The model declined to go on' };
      case 'model_context_window_exceeded': {
        const summary = 'The talk is longer than the model can read';
        return { outcome: 'tokens', summary };
      }
      case 'max_tokens':
        // The last call may be half of one: none is carried out.
        this.#answer(
          calls,
          `Your answer was cut after ${
            this.#options.settings.maxTokens
          } tokens, so nothing of it was done. Take smaller steps.`,
        );
        return 'misstep';
      default:
        this.#answer(
          calls,
          'Go on with your tools. Call finish when the end state is reached, or when nothing more can be done safely.',
        );
        return 'misstep';
    }
  }

  async #useTools(
    calls: Anthropic.ToolUseBlock[],
    signal: AbortSignal,
  ): Promise<'good' | 'misstep'> {
    const results: Anthropic.ToolResultBlockParam[] = [];
    let fitting = 0;
    for (const [index, call] of calls.entries()) {
      const startedAt = Date.now();
      const answer =
        index < TOOL_CALLS_PER_TURN
          ? await this.#use(call, signal)
          : { text: 'Too many calls at once', misstep: true, failed: true };
      if (!answer.misstep) fitting += 1;
      results.push(this.#resultOf(call, answer, startedAt));
    }
    this.#talk.push({ role: 'user', content: results });
    return fitting > 0 ? 'good' : 'misstep';
  }

  async #use(
    call: Anthropic.ToolUseBlock,
    signal: AbortSignal,
  ): Promise<ToolAnswer & { misstep?: boolean }> {
    const { context, tools } = this.#options;
    const tool = tools.find(each => each.name === call.name);
    if (!tool) {
      const names = tools.map(each => each.name).join(', ');
      return {
        text: `There is no tool ${call.name.slice(0, 100)}; there are ${names}`,
        failed: true,
        misstep: true,
      };
    }
    if (context.finished) {
      return { text: 'You have finished', failed: true, trusted: true };
    }
    try {
      return await tool.call(call.input);
    } catch (error) {
      signal.throwIfAborted();
      return {
        text: String((error as Error).message),
        failed: true,
        misstep: error instanceof ToolInputError,
      };
    }
  }

  #resultOf(
    call: Anthropic.ToolUseBlock,
    { failed = false, text, trusted }: ToolAnswer,
    startedAt: number,
  ): Anthropic.ToolResultBlockParam {
    const { context, fence, transcript } = this.#options;
    const bounded = boundText(text, 2 * context.outputBytes);
    const content = trusted ? bounded : fenceText(bounded, fence);
    transcript.add({
      kind: 'tool',
      turn: this.turns,
      name: call.name.slice(0, 200),
      input: JSON.stringify(call.input) ?? '',
      result: bounded,
      resultBytes: Buffer.byteLength(content),
      failed,
      durationMs: Date.now() - startedAt,
    });
    return {
      type: 'tool_result',
      tool_use_id: call.id,
      content,
      ...(failed && { is_error: true }),
    };
  }

  /** Answers calls that were not carried out, and says something. */
  #answer(calls: Anthropic.ToolUseBlock[], text: string): void {
    const results = calls.map(call => ({
      type: 'tool_result' as const,
      tool_use_id: call.id,
      content: 'Not done.',
      is_error: true,
    }));
    this.#say(text, results);
  }

  /** Roles alternate: what is said after a user's message becomes a part of it. */
  #say(text: string, before: Anthropic.ToolResultBlockParam[] = []): void {
    const content: Anthropic.ContentBlockParam[] = [
      ...before,
      { type: 'text', text },
    ];
    const last = this.#talk[this.#talk.length - 1];
    if (last?.role === 'user' && Array.isArray(last.content)) {
      last.content.push(...content);
    } else {
      this.#talk.push({ role: 'user', content });
    }
  }
}

function textOf(message: Anthropic.Message): string | undefined {
  const text = message.content
    .flatMap(block => (block.type === 'text' ? [block.text] : []))
    .join('\n');
  return text === '' ? undefined : text;
}
