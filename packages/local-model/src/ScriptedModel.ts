import Anthropic from '@anthropic-ai/sdk';
import { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Answerer, ScriptedAnswer } from './answers/ScriptedAnswer';
import { MessagesApi } from './MessagesApi';
import { MessagesPath } from './protocol/checkMessagesRequest';

/** An answer, or what makes one of the request. */
export type Script = ScriptedAnswer | Answerer;

/**
 * For tests: a model that gives the answers of a list, one after the other, and
 * keeps what it was asked.
 */
export class ScriptedModel {
  /** Requests for messages. */
  readonly requests: Anthropic.MessageCreateParams[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  /** What was wrong with requests. */
  readonly problems: string[] = [];
  readonly #script: Script[];
  readonly #api: MessagesApi;

  constructor(script: Script[]) {
    this.#script = [...script];
    this.#api = new MessagesApi(
      request => this.#next(request),
      ({ headers, path, problems, request }) => {
        this.problems.push(...problems);
        if (path !== 'messages') return;
        this.headers.push(headers);
        this.requests.push(request);
      },
    );
  }

  /** Answers that nobody asked for. */
  get left(): number {
    return this.#script.length;
  }

  /** Answers a request to `/v1/<path>`. */
  answer(
    path: MessagesPath,
    headers: IncomingHttpHeaders,
    body: string,
    response: ServerResponse,
  ): void {
    this.#api.answer(path, headers, body, response);
  }

  #next(request: Anthropic.MessageCreateParams): ScriptedAnswer {
    const next = this.#script.shift();
    if (!next) {
      return {
        status: 400,
        type: 'invalid_request_error',
        message: 'The script is over',
      };
    }
    return typeof next === 'function' ? next(request) : next;
  }
}
