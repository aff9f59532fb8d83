import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, IncomingHttpHeaders } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from 'octokit';
import { createLocalForge, LocalForge } from '../createLocalForge';

export interface TestForge {
  forge: LocalForge;
  directory: string;
  /** Acts as alice, an administrator of acme */
  alice: Octokit;
  bob: Octokit;
  tokens: Record<'alice' | 'bob' | 'stranger', string>;
  stop(): Promise<void>;
}

export function octokitFor(forge: LocalForge, auth?: string): Octokit {
  return new Octokit({
    auth,
    baseUrl: forge.apiUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
}

/** A forge with the organisation acme, alice (admin), bob (member), and a stranger. */
export async function startForge(): Promise<TestForge> {
  const directory = await mkdtemp(join(tmpdir(), 'local-forge-'));
  const forge = await createLocalForge({ directory });
  const { admin } = forge;
  admin.createOrganization({ login: 'acme', name: 'Acme' });
  admin.createUser({
    login: 'alice',
    name: 'Alice',
    organizations: { acme: 'admin' },
  });
  admin.createUser({ login: 'bob', organizations: { acme: 'member' } });
  admin.createUser({ login: 'stranger' });
  admin.createUser({ login: 'owner', organizations: { acme: 'admin' } });
  admin.createTeam({ organization: 'acme', name: 'Data', members: ['bob'] });
  const tokens = {
    alice: admin.createToken({ user: 'alice' }),
    bob: admin.createToken({ user: 'bob' }),
    stranger: admin.createToken({ user: 'stranger' }),
  };
  return {
    forge,
    directory,
    tokens,
    alice: octokitFor(forge, tokens.alice),
    bob: octokitFor(forge, tokens.bob),
    stop: async () => {
      await forge.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  event: string;
  payload: any;
}

/** A webhook receiver that can be waited on and told to refuse. */
export async function startReceiver(): Promise<{
  url: string;
  received: Received[];
  refuseNext(times: number): void;
  until(condition: (received: Received[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}> {
  const received: Received[] = [];
  let refusals = 0;
  const arrived = new EventEmitter();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (refusals > 0) {
        refusals -= 1;
        response.writeHead(503).end();
        return;
      }
      received.push({
        headers: request.headers,
        body,
        event: String(request.headers['x-github-event']),
        payload: JSON.parse(body),
      });
      response.writeHead(204).end();
      arrived.emit('delivery');
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    refuseNext: times => {
      refusals = times;
    },
    until: async condition => {
      while (!condition(received)) {
        await once(arrived, 'delivery');
      }
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise(done => server.close(done));
    },
  };
}
