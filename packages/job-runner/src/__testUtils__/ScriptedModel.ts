import Anthropic from '@anthropic-ai/sdk';
import { IncomingHttpHeaders, ServerResponse } from 'http';
import { checkMessagesRequest } from './checkMessagesRequest';

/** What the model says and calls. */
export interface ScriptedMessage {
  text?: string;
  /** Name and input of each tool that it calls. */
  calls?: Array<[name: string, input: unknown]>;
  stopReason?: Anthropic.StopReason;
  /** The stream ends after so many events, without its end. */
  breakAfter?: number;
  usage?: Partial<Anthropic.Usage>;
}

/** One answer, or an error. */
export type ScriptedAnswer =
  | ScriptedMessage
  | { status: number; type: string; message: string }
  /** In a stream that has begun. */
  | { streamError: { type: string; message: string } };

/** An answer, or what makes one of the request. */
export type Script =
  | ScriptedAnswer
  | ((request: Anthropic.MessageCreateParams) => ScriptedAnswer);

/**
 * For tests: a model that says what a script says. It refuses every request
 * that the Messages API would refuse, streams its answers in the API's events,
 * and counts tokens and the cache by the bytes before each breakpoint, as the
 * API does.
 */
export class ScriptedModel {
  readonly requests: Anthropic.MessageCreateParams[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  /** What was wrong with requests. */
  readonly problems: string[] = [];
  readonly #script: Script[];
  readonly #cached = new Set<string>();
  #calls = 0;

  constructor(script: Script[]) {
    this.#script = [...script];
  }

  /** Answers that nobody asked for. */
  get left(): number {
    return this.#script.length;
  }

  async answer(
    path: string,
    headers: IncomingHttpHeaders,
    body: string,
    response: ServerResponse,
  ): Promise<void> {
    const request = JSON.parse(body);
    if (path === 'messages/count_tokens') {
      sendJson(response, 200, { input_tokens: tokensOf(body) });
      return;
    }
    this.headers.push(headers);
    this.requests.push(request);
    const problems = checkMessagesRequest(request);
    if (!headers['anthropic-version']) problems.push('no anthropic-version');
    this.problems.push(...problems);
    if (problems.length > 0) {
      sendError(response, 400, 'invalid_request_error', problems.join('; '));
      return;
    }
    const next = this.#script.shift();
    if (!next) {
      sendError(response, 400, 'invalid_request_error', 'The script is over');
      return;
    }
    const answer = typeof next === 'function' ? next(request) : next;
    if ('status' in answer) {
      sendError(response, answer.status, answer.type, answer.message);
      return;
    }
    if ('streamError' in answer) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const event = { type: 'error', error: answer.streamError };
      response.end(
        `event: ping\ndata: {"type":"ping"}\n\nevent: error\ndata: ${JSON.stringify(
          event,
        )}\n\n`,
      );
      return;
    }
    const message = this.#messageOf(request, answer);
    if (!request.stream) sendJson(response, 200, message);
    else stream(response, message, answer.breakAfter);
  }

  #messageOf(
    request: Anthropic.MessageCreateParams,
    answer: ScriptedMessage,
  ): Anthropic.Message {
    const calls = (answer.calls ?? []).map(([name, input]) => {
      this.#calls += 1;
      return {
        type: 'tool_use',
        id: `toolu_${String(this.#calls).padStart(4, '0')}`,
        name,
        input,
      };
    });
    const content = [
      ...(answer.text === undefined
        ? []
        : [{ type: 'text', text: answer.text, citations: null }]),
      ...calls,
    ];
    return {
      id: `msg_${this.requests.length}`,
      type: 'message',
      role: 'assistant',
      model: request.model,
      content,
      stop_reason:
        answer.stopReason ?? (calls.length > 0 ? 'tool_use' : 'end_turn'),
      stop_sequence: null,
      usage: {
        ...this.#usageOf(request),
        output_tokens: tokensOf(JSON.stringify(content)),
        ...answer.usage,
      },
    } as unknown as Anthropic.Message;
  }

  /** Of the prefixes that end at a breakpoint, the longest known one is read, and what follows is written. */
  #usageOf(request: Anthropic.MessageCreateParams): Partial<Anthropic.Usage> {
    const { messages, system = [], tools = [] } = request;
    const blocks: unknown[] = [
      ...tools,
      ...(typeof system === 'string' ? [system] : system),
      ...messages.flatMap(({ content, role }): object[] =>
        typeof content === 'string'
          ? [{ role, content }]
          : (content as object[]).map(block => ({ role, ...block })),
      ),
    ];
    let prefix = '';
    let read = 0;
    let written = 0;
    for (const block of blocks) {
      const { cache_control: breakpoint, ...bare } = block as {
        cache_control?: unknown;
      };
      prefix += JSON.stringify(bare);
      if (!breakpoint) continue;
      const tokens = tokensOf(prefix);
      if (this.#cached.has(prefix)) read = tokens;
      else written = tokens - read;
      this.#cached.add(prefix);
    }
    return {
      input_tokens: tokensOf(prefix) - read - written,
      cache_read_input_tokens: read,
      cache_creation_input_tokens: written,
    };
  }
}

function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
): void {
  sendJson(response, status, { type: 'error', error: { type, message } });
}

function sendJson(response: ServerResponse, status: number, body: object) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function stream(
  response: ServerResponse,
  message: Anthropic.Message,
  breakAfter = Infinity,
): void {
  const events = eventsOf(message);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events.slice(0, breakAfter)) {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
  if (breakAfter < events.length) response.destroy();
  else response.end();
}

function eventsOf(message: Anthropic.Message): Array<{ type: string }> {
  return [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...message.usage, output_tokens: 1 },
      },
    } as { type: string },
    { type: 'ping' },
    ...message.content.flatMap((block, index) => blockEvents(block, index)),
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: { output_tokens: message.usage.output_tokens },
    } as { type: string },
    { type: 'message_stop' },
  ];
}

function blockEvents(
  block: Anthropic.ContentBlock,
  index: number,
): Array<{ type: string }> {
  const start = (content: object) => ({
    type: 'content_block_start',
    index,
    content_block: content,
  });
  const deltas = (text: string, delta: (part: string) => object) => {
    const parts = text.match(/[^]{1,40}/g) ?? [''];
    return parts.map(part => ({
      type: 'content_block_delta',
      index,
      delta: delta(part),
    }));
  };
  const stop = { type: 'content_block_stop', index };
  if (block.type === 'tool_use') {
    return [
      start({ ...block, input: {} }),
      ...deltas(JSON.stringify(block.input), part => ({
        type: 'input_json_delta',
        partial_json: part,
      })),
      stop,
    ];
  }
  const { text } = block as Anthropic.TextBlock;
  return [
    start({ type: 'text', text: '', citations: null }),
    ...deltas(text, part => ({ type: 'text_delta', text: part })),
    stop,
  ];
}
