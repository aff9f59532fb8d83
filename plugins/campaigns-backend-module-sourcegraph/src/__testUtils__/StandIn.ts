import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

/** A request as it came. */
export interface SeenRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server on this machine that answers as it is told to. */
export class StandIn {
  readonly requests: SeenRequest[] = [];
  /** Resolves when a client goes before it has its answer. */
  readonly left: Promise<void>;
  readonly #server: Server;

  private constructor(
    answer: (request: SeenRequest, response: ServerResponse) => void,
  ) {
    let leave = () => {};
    this.left = new Promise(resolve => {
      leave = resolve;
    });
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      response.once('close', () => {
        if (!response.writableFinished) leave();
      });
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const seen = {
          method: request.method!,
          url: new URL(request.url!, this.url),
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        };
        this.requests.push(seen);
        answer(seen, response);
      });
    });
  }

  static async start(
    answer: (request: SeenRequest, response: ServerResponse) => void,
  ): Promise<StandIn> {
    const standIn = new StandIn(answer);
    await new Promise<void>(resolve => {
      standIn.#server.listen(0, '127.0.0.1', resolve);
    });
    return standIn;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}
