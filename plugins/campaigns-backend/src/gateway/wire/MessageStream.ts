import { ModelMessage } from '@skein/plugin-campaigns-node';
import { Response } from 'express';
import { GatewayError } from '../GatewayError';
import { errorBody } from './wireErrors';
import { StreamEvent, writeMessageEvents } from './writeMessageEvents';

/**
 * An answer as server-sent events. It stays a plain answer, with a status of
 * its own, for as long as nothing was written; only while the call takes long
 * is the stream begun, with pings, so that nothing between gives the connection
 * up. The message itself is written when it is complete.
 */
export class MessageStream {
  readonly #response: Response;
  readonly #timer: NodeJS.Timeout;

  private constructor(response: Response, pingMilliseconds: number) {
    this.#response = response;
    this.#timer = setInterval(
      () => this.#write({ type: 'ping' }),
      pingMilliseconds,
    );
  }

  static open(response: Response, pingMilliseconds: number): MessageStream {
    return new MessageStream(response, pingMilliseconds);
  }

  finish(message: ModelMessage): void {
    clearInterval(this.#timer);
    for (const event of writeMessageEvents(message)) this.#write(event);
    this.#response.end();
  }

  /** @returns false where nothing was written yet: the error can still be a plain answer */
  fail(error: GatewayError): boolean {
    clearInterval(this.#timer);
    if (!this.#response.headersSent) return false;
    this.#write(errorBody(error, this.#response));
    this.#response.end();
    return true;
  }

  #write(event: StreamEvent): void {
    const response = this.#response;
    if (response.destroyed) return;
    if (!response.headersSent) {
      response.status(200).set({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache',
      });
    }
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  }
}
