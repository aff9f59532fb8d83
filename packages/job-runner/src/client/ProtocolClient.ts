import { request as httpRequest, IncomingMessage, RequestOptions } from 'http';
import { request as httpsRequest } from 'https';
import { createWriteStream } from 'fs';
import { setTimeout as wait } from 'timers/promises';
import { pipeline } from 'stream/promises';
import {
  EventsAnswer,
  JobResult,
  JobSpec,
  ReviewAnswer,
  ReviewRequest,
  RunnerEvent,
} from '../protocol';
import { AttemptOverError, ProtocolError } from './ProtocolError';

const ANSWER_BYTES = 64 * 1024 ** 2;

/** Waits between tries of a request that the backend did not answer, in milliseconds. */
const RETRIES = [200, 1_000, 3_000];

/** The runner's side of the job protocol. */
export class ProtocolClient {
  readonly #target: RequestOptions;
  readonly #request: typeof httpRequest;
  readonly #token: string;

  private constructor(
    target: RequestOptions,
    request: typeof httpRequest,
    token: string,
  ) {
    this.#target = target;
    this.#request = request;
    this.#token = token;
  }

  /** @param url - `unix:<path of a socket>`, or a base URL of http or https */
  static create(url: string, token: string): ProtocolClient {
    if (url.startsWith('unix:')) {
      const target = { socketPath: url.slice(5), path: '' };
      return new ProtocolClient(target, httpRequest, token);
    }
    const { protocol, hostname, port, pathname } = new URL(url);
    const target = { hostname, port, path: pathname.replace(/\/$/, '') };
    return new ProtocolClient(
      target,
      protocol === 'https:' ? httpsRequest : httpRequest,
      token,
    );
  }

  async getJob(): Promise<JobSpec> {
    return JSON.parse(await this.#exchange('GET', '/v1/job'));
  }

  /** Writes the bundle of the source to a file. @throws ProtocolError with the backend's words where there is none */
  async getSource(file: string, signal: AbortSignal): Promise<void> {
    const response = await this.#send('GET', '/v1/source', undefined, signal);
    await pipeline(response, createWriteStream(file), { signal });
  }

  async postEvents(events: RunnerEvent[]): Promise<EventsAnswer> {
    return JSON.parse(await this.#exchange('POST', '/v1/events', { events }));
  }

  async putResult(result: JobResult): Promise<void> {
    await this.#exchange('PUT', '/v1/result', result);
  }

  /** @returns what the backend says of a verified change */
  async postReview(request: ReviewRequest): Promise<ReviewAnswer> {
    return JSON.parse(await this.#exchange('POST', '/v1/review', request));
  }

  /**
   * Passes a request of the Messages API on, as it is.
   *
   * @returns the answer, whatever its status is, to be read by the caller
   */
  async forward(
    path: string,
    headers: Record<string, string>,
    body: Buffer,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    return this.#call('POST', path, headers, body, signal);
  }

  async #exchange(
    method: string,
    path: string,
    body?: object,
  ): Promise<string> {
    for (const pause of [...RETRIES, undefined]) {
      try {
        return await readText(await this.#send(method, path, body));
      } catch (error) {
        const final =
          error instanceof AttemptOverError ||
          (error instanceof ProtocolError && error.status < 500);
        if (final || pause === undefined) throw error;
        await wait(pause);
      }
    }
    throw new Error('unreachable');
  }

  /** @returns the answer, if it is a good one */
  async #send(
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    const response = await this.#call(
      method,
      path,
      body ? { 'content-type': 'application/json' } : {},
      body && Buffer.from(JSON.stringify(body)),
      signal,
    );
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    const answer = await readText(response);
    if (status === 401) throw new AttemptOverError();
    throw new ProtocolError(status, messageOf(answer, status));
  }

  async #call(
    method: string,
    path: string,
    headers: Record<string, string>,
    content?: Buffer,
    signal?: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const request = this.#request(
        {
          ...this.#target,
          path: `${this.#target.path}${path}`,
          method,
          signal,
          headers: {
            ...headers,
            authorization: `Bearer ${this.#token}`,
            ...(content && { 'content-length': content.length }),
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(content);
    });
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) throw new Error('The answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function messageOf(answer: string, status: number): string {
  try {
    const { message } = JSON.parse(answer);
    if (typeof message === 'string') return message;
  } catch {
    // Not from the backend itself, but from something before it.
  }
  return `The backend answered with status ${status}`;
}
