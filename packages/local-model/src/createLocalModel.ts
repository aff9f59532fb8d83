import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { sendError } from './answers/sendAnswer';
import { Faults } from './Faults';
import { Exchange, MessagesApi } from './MessagesApi';
import { playScripts } from './scripts/playScripts';
import { readScripts } from './scripts/readScripts';

/** As the Messages API itself. */
const REQUEST_BYTES = 32 * 1024 * 1024;

export interface LocalModelOptions {
  /** Folder of scripts, a YAML file for each target. */
  scripts: string;
  /** The only key that is taken; any is where this is undefined. */
  key?: string;
  /** Undefined or 0 takes a free one. Only 127.0.0.1 is ever listened on. */
  port?: number;
  /** Is told of each request before it is answered. */
  observe?: (exchange: Exchange) => void;
}

export interface LocalModel {
  /** For the SDK's `baseURL`. */
  readonly url: string;
  /** What goes wrong on demand. */
  readonly faults: Faults;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for a model: the Messages API over HTTP, answered from
 * scripts. Never for production.
 *
 * @throws InputError where a script cannot be read
 */
export async function createLocalModel(
  options: LocalModelOptions,
): Promise<LocalModel> {
  const { key, observe, port = 0, scripts } = options;
  const faults = new Faults();
  const api = new MessagesApi(
    faults.before(playScripts(await readScripts(scripts))),
    observe,
  );
  const server = createServer((request, response) => {
    serve(request, response).catch(error => response.destroy(error));
  });

  async function serve(request: IncomingMessage, response: ServerResponse) {
    if (!isAllowed(request, key)) {
      const message = 'invalid x-api-key';
      sendError(response, 401, { type: 'authentication_error', message });
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      const message = `A request has at most ${REQUEST_BYTES} bytes`;
      sendError(response, 413, { type: 'request_too_large', message });
      return;
    }
    switch (`${request.method} ${request.url?.split('?')[0]}`) {
      case 'POST /v1/messages':
        api.answer('messages', request.headers, body, response);
        break;
      case 'POST /v1/messages/count_tokens':
        api.answer('messages/count_tokens', request.headers, body, response);
        break;
      default: {
        const message = `There is no ${request.method} ${request.url}`;
        sendError(response, 404, { type: 'not_found_error', message });
      }
    }
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The key comes as the SDK sends it, in either way. */
function isAllowed({ headers }: IncomingMessage, key?: string): boolean {
  const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
  const given = headers['x-api-key'] ?? bearer;
  return key === undefined ? Boolean(given) : given === key;
}

/** @returns undefined where it is too long */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > REQUEST_BYTES) return undefined;
  let read = 0;
  request.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > REQUEST_BYTES) request.destroy();
  });
  return text(request);
}
