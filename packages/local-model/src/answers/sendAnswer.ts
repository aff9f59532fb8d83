import Anthropic from '@anthropic-ai/sdk';
import { ServerResponse } from 'node:http';
import { MessageEvent, messageEvents } from './messageEvents';
import { newId } from './toMessage';

/** Sends a message, whole or as a stream. @param breakAfter - events after which the connection is cut */
export function sendMessage(
  response: ServerResponse,
  message: Anthropic.Message,
  options: { stream?: boolean; breakAfter?: number },
): void {
  if (!options.stream) {
    sendJson(response, 200, message);
    return;
  }
  const events = messageEvents(message);
  const { breakAfter = events.length } = options;
  beginStream(response);
  for (const event of events.slice(0, breakAfter)) writeEvent(response, event);
  if (breakAfter < events.length) response.destroy();
  else response.end();
}

/** An error in the middle of a stream that has begun well. */
export function sendStreamError(
  response: ServerResponse,
  error: { type: string; message: string },
): void {
  beginStream(response);
  writeEvent(response, { type: 'ping' });
  writeEvent(response, { type: 'error', error });
  response.end();
}

/** An error as the API gives it, with its request id in body and header. */
export function sendError(
  response: ServerResponse,
  status: number,
  error: { type: string; message: string },
  retryAfterSeconds?: number,
): void {
  if (retryAfterSeconds !== undefined) {
    response.setHeader('retry-after', String(retryAfterSeconds));
  }
  const id = newId('req');
  response.setHeader('request-id', id);
  sendJson(response, status, { type: 'error', error, request_id: id });
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
): void {
  setRequestId(response);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function beginStream(response: ServerResponse): void {
  setRequestId(response);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
}

function setRequestId(response: ServerResponse): void {
  if (!response.hasHeader('request-id')) {
    response.setHeader('request-id', newId('req'));
  }
}

function writeEvent(response: ServerResponse, event: MessageEvent): void {
  response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
