import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { once } from 'events';
import { AddressInfo } from 'net';
import { ScriptedModel } from '@skein/local-model';
import { text } from 'stream/consumers';
import {
  JobResult,
  JobSpec,
  PROTOCOL_VERSION,
  ReviewAnswer,
  ReviewRequest,
  RunnerEvent,
} from '../protocol';

export const TOKEN = 'token-of-the-attempt';

export const exampleSpec: JobSpec = {
  protocolVersion: PROTOCOL_VERSION,
  jobId: '1',
  attempt: 1,
  task: 'transform',
  target: { repository: 'example.com/acme/repo', path: '', framework: 'dbt' },
  mappings: [
    {
      from: 'acme.user_data.users_v1',
      to: 'acme.user_data.users_v2',
      columns: [{ from: 'user_id', to: 'user_identifier', line: 2 }],
    },
  ],
  options: {},
  steps: [{ type: 'mapping' }],
  prompt: { version: 'v1' },
  verification: {
    baseline: 'required',
    unverified: 'skip',
    timeoutSeconds: 6000,
  },
  limits: {
    timeoutSeconds: 600,
    memoryBytes: 1024 ** 3,
    outputBytes: 1024 ** 2,
    patchBytes: 1024 ** 2,
  },
};

/** For tests: the backend's side of the protocol, over HTTP. */
export class ProtocolTestServer {
  readonly events: RunnerEvent[] = [];
  readonly results: JobResult[] = [];
  readonly requests: string[] = [];
  /** Requests that are answered with this status, once each. */
  readonly failures: Array<{
    request: string;
    status: number;
    message?: string;
  }> = [];
  spec: JobSpec = exampleSpec;
  source: Buffer = Buffer.alloc(0);
  /** Answers of reviews, one after the other; accepted where there are no more. */
  readonly reviews: ReviewAnswer[] = [];
  readonly reviewed: ReviewRequest[] = [];
  /** Answers what is asked of the model. */
  model: ScriptedModel | undefined;
  stop = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error => response.destroy(error));
    });
  }

  static async start(): Promise<ProtocolTestServer> {
    const server = new ProtocolTestServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/job-protocol`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const name = `${request.method} ${request.url?.replace(
      '/job-protocol/v1/',
      '',
    )}`;
    this.requests.push(name);
    const body = await text(request);
    const failure = this.failures.findIndex(each => each.request === name);
    if (failure >= 0) {
      const [{ status, message }] = this.failures.splice(failure, 1);
      response.writeHead(status).end(JSON.stringify({ message }));
      return;
    }
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end('{}');
      return;
    }
    switch (name) {
      case 'GET job':
        response.end(JSON.stringify(this.spec));
        break;
      case 'GET source':
        response.end(this.source);
        break;
      case 'POST events':
        this.events.push(...JSON.parse(body).events);
        response.end(JSON.stringify({ stop: this.stop }));
        break;
      case 'POST messages':
      case 'POST messages/count_tokens':
        if (!this.model) {
          response
            .writeHead(404, { 'content-type': 'application/json' })
            .end(
              '{"type":"error","error":{"type":"not_found_error","message":"No model is configured"}}',
            );
          break;
        }
        this.model.answer(
          name === 'POST messages' ? 'messages' : 'messages/count_tokens',
          request.headers,
          body,
          response,
        );
        break;
      case 'POST review':
        this.reviewed.push(JSON.parse(body));
        response.end(
          JSON.stringify(
            this.reviews.shift() ?? {
              verdict: 'accepted',
              feedback: [],
              final: false,
            },
          ),
        );
        break;
      case 'PUT result':
        this.results.push(JSON.parse(body));
        response.writeHead(204).end();
        break;
      default:
        response.writeHead(404).end('{}');
    }
  }
}
