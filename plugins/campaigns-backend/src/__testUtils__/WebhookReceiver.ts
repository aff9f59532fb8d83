import { EventsService } from '@backstage/plugin-events-node';
import {
  FORGE_EVENTS_TOPIC,
  ForgeEventPayload,
} from '@skein/plugin-campaigns-node';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';

/**
 * Receives the forge's webhooks and tells of them as the GitHub module does.
 * The module's own tests show that signatures are checked before.
 */
export class WebhookReceiver {
  /** Events in the order in which they came. */
  readonly received: ForgeEventPayload[] = [];
  readonly #server: Server;

  private constructor(events: EventsService) {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const payload = JSON.parse(Buffer.concat(chunks).toString());
      const event = translate(
        String(request.headers['x-github-event']),
        payload,
      );
      if (event) {
        this.received.push(event);
        await events.publish({
          topic: FORGE_EVENTS_TOPIC,
          eventPayload: event,
        });
      }
      response.writeHead(204).end();
    });
  }

  static async start(events: EventsService): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(events);
    await new Promise<void>(resolve =>
      receiver.#server.listen(0, '127.0.0.1', resolve),
    );
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${
      (this.#server.address() as AddressInfo).port
    }/hook`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function translate(event: string, payload: any): ForgeEventPayload | undefined {
  const repository = {
    host: new URL(payload.repository.html_url).host,
    owner: payload.repository.owner.login,
    name: payload.repository.name,
  };
  if (event === 'pull_request') {
    const { number } = payload.pull_request;
    return { type: 'pullRequestChanged', repository, number };
  }
  if (event.startsWith('pull_request_review') || event === 'issue_comment') {
    const { number } = payload.pull_request ?? payload.issue;
    return { type: 'pullRequestChanged', repository, number, said: true };
  }
  return event === 'push' && payload.ref === 'refs/heads/main'
    ? { type: 'pushed', repository, branch: 'main' }
    : undefined;
}
