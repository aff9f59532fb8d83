import { randomBytes, timingSafeEqual } from 'crypto';
import { once } from 'events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { pipeline } from 'stream/promises';
import { ProtocolClient } from '../client/ProtocolClient';

/** Answers what is not the model's. */
export type LocalRoute = () => Promise<object>;

const MODEL_ROUTES = ['/v1/messages', '/v1/messages/count_tokens'];

const REQUEST_BYTES = 32 * 1024 * 1024;

/** What a client of the Messages API says beside its body. */
const passedHeaders = ['content-type', 'anthropic-version', 'anthropic-beta'];
const returnedHeaders = [
  'content-type',
  'retry-after',
  'request-id',
  'x-should-retry',
];

/**
 * The way from inside of the sandbox to the model: HTTP on the loopback, for
 * agents of other make, which know of base URLs but not of unix sockets. It has a token of its own that opens nothing but these
 * routes: the attempt's token stays in the runner, where no program finds it
 * in its environment.
 */
export class LoopbackProxy {
  readonly token = randomBytes(32).toString('base64url');
  readonly #client: Pick<ProtocolClient, 'forward'>;
  readonly #server: Server;
  readonly #routes = new Map<string, LocalRoute>();

  private constructor(client: Pick<ProtocolClient, 'forward'>) {
    this.#client = client;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error => {
        if (response.headersSent) response.destroy(error);
        else sendError(response, 502, 'api_error', String(error.message));
      });
    });
  }

  static async start(
    client: Pick<ProtocolClient, 'forward'>,
  ): Promise<LoopbackProxy> {
    const proxy = new LoopbackProxy(client);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Answers `POST <path>` itself from now on. */
  serve(path: string, route: LocalRoute): void {
    this.#routes.set(path, route);
  }

  /** Answers it no more. */
  unserve(path: string): void {
    this.#routes.delete(path);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (!this.#isAllowed(request)) {
      sendError(response, 401, 'authentication_error', 'Another token');
      return;
    }
    const path = new URL(request.url ?? '/', this.url).pathname;
    const route = this.#routes.get(path);
    if (request.method !== 'POST' || !(route || MODEL_ROUTES.includes(path))) {
      sendError(response, 404, 'not_found_error', `No ${path} here`);
      return;
    }
    const body = await readBody(request);
    if (!body) {
      sendError(response, 413, 'request_too_large', 'The request is too long');
      return;
    }
    if (route) {
      sendJson(response, 200, await route());
      return;
    }
    await this.#forward(path, request, body, response);
  }

  async #forward(
    path: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const abort = new AbortController();
    // A client that gives up wants no tokens to be spent.
    response.on('close', () => abort.abort());
    const answer = await this.#client.forward(
      path,
      pick(request.headers, passedHeaders),
      body,
      abort.signal,
    );
    response.writeHead(
      answer.statusCode ?? 502,
      pick(answer.headers, returnedHeaders),
    );
    await pipeline(answer, response);
  }

  #isAllowed(request: IncomingMessage): boolean {
    const { authorization, 'x-api-key': key } = request.headers;
    const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? key;
    const [a, b] = [Buffer.from(String(given)), Buffer.from(this.token)];
    return a.length === b.length && timingSafeEqual(a, b);
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > REQUEST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function pick(
  headers: IncomingMessage['headers'],
  names: string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

/** In the words of the Messages API. */
function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
): void {
  sendJson(response, status, { type: 'error', error: { type, message } });
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
