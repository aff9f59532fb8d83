import Anthropic from '@anthropic-ai/sdk';
import { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { PromptCache } from './answers/PromptCache';
import { Answerer } from './answers/ScriptedAnswer';
import {
  sendError,
  sendJson,
  sendMessage,
  sendStreamError,
} from './answers/sendAnswer';
import { toMessage } from './answers/toMessage';
import {
  checkMessagesRequest,
  MessagesPath,
} from './protocol/checkMessagesRequest';

const VERSIONS = ['2023-01-01', '2023-06-01', '2026-10-21'];

/** A request, and what was wrong with it. */
export interface Exchange {
  path: MessagesPath;
  request: Anthropic.MessageCreateParams;
  headers: IncomingHttpHeaders;
  problems: string[];
}

/**
 * The Messages API: refuses every request that the API would refuse, counts
 * tokens and the cache by bytes, and has somebody else say what the model says.
 */
export class MessagesApi {
  readonly #answerer: Answerer;
  readonly #observe: (exchange: Exchange) => void;
  readonly #cache = new PromptCache();

  /** @param observe - is told of each request before it is answered */
  constructor(
    answerer: Answerer,
    observe: (exchange: Exchange) => void = () => {},
  ) {
    this.#answerer = answerer;
    this.#observe = observe;
  }

  /** Answers a request to `/v1/<path>`. */
  answer(
    path: MessagesPath,
    headers: IncomingHttpHeaders,
    body: string,
    response: ServerResponse,
  ): void {
    const request = parse(body);
    const problems = request
      ? [...checkHeaders(headers), ...checkMessagesRequest(request, path)]
      : ['The request body is not a JSON object'];
    if (request) this.#observe({ path, request, headers, problems });
    if (!request || problems.length > 0) {
      const message = problems.join('; ');
      sendError(response, 400, { type: 'invalid_request_error', message });
    } else if (path === 'messages/count_tokens') {
      sendJson(response, 200, { input_tokens: countTokens(request) });
    } else {
      this.#answerMessage(request, response);
    }
  }

  #answerMessage(
    request: Anthropic.MessageCreateParams,
    response: ServerResponse,
  ): void {
    const answer = this.#answerer(request);
    if ('status' in answer) {
      const { message, retryAfterSeconds, status, type } = answer;
      sendError(response, status, { type, message }, retryAfterSeconds);
    } else if ('streamError' in answer) {
      sendStreamError(response, answer.streamError);
    } else {
      sendMessage(
        response,
        toMessage(request, answer, this.#cache.usageOf(request)),
        { stream: request.stream, breakAfter: answer.breakAfter },
      );
    }
  }
}

/** All input is one and the same where nothing is cached. */
function countTokens(request: Anthropic.MessageCreateParams): number {
  const { cache_creation_input_tokens, cache_read_input_tokens, input_tokens } =
    new PromptCache().usageOf(request);
  return (
    input_tokens +
    (cache_creation_input_tokens ?? 0) +
    (cache_read_input_tokens ?? 0)
  );
}

function checkHeaders(headers: IncomingHttpHeaders): string[] {
  return [
    ...(VERSIONS.includes(String(headers['anthropic-version']))
      ? []
      : [`anthropic-version: header is required, one of ${VERSIONS}`]),
    ...(headers['content-type']?.startsWith('application/json')
      ? []
      : ['content-type: must be application/json']),
  ];
}

function parse(body: string): Anthropic.MessageCreateParams | undefined {
  try {
    const value = JSON.parse(body);
    const isObject = typeof value === 'object' && !Array.isArray(value);
    return isObject && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
