import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Admin } from './admin/Admin';
import { Behaviour } from './behaviour/Behaviour';
import { Forge } from './domain/Forge';
import { createApp } from './server/createApp';
import { recover } from './domain/recover';

export interface LocalForgeOptions {
  /** Where repositories and state are kept; the same folder goes on where it was left */
  directory: string;
  /** Undefined or 0 takes a free one. Only 127.0.0.1 is ever listened on. */
  port?: number;
  /** For `/_admin`; made up when it is not given */
  adminToken?: string;
  /** Login that the buttons on web pages act as */
  webUser?: string;
}

export interface LocalForge {
  /** Origin of the web pages, without a trailing slash */
  readonly url: string;
  /** Base address of the REST API, for octokit's `baseUrl` */
  readonly apiUrl: string;
  readonly adminToken: string;
  readonly admin: Admin;
  readonly behaviour: Behaviour;
  close(): Promise<void>;
}

/**
 * Starts a development forge: GitHub's API, git over HTTP, webhooks and web
 * pages over real bare repositories in one folder. Never for production.
 */
export async function createLocalForge(
  options: LocalForgeOptions,
): Promise<LocalForge> {
  const forge = Forge.open(options.directory);
  const admin = new Admin(forge);
  const adminToken = options.adminToken ?? randomBytes(24).toString('hex');
  const webUser = admin.createUser({
    login: options.webUser ?? 'owner',
    name: 'Development owner',
  });
  const server = createServer(createApp(forge, admin, { adminToken, webUser }));
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Long clones and slow tests must not be cut off.
  server.requestTimeout = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
  } catch (error) {
    await forge.close();
    throw error;
  }
  forge.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await recover(forge, webUser);
  forge.webhooks.start();
  return {
    url: forge.url,
    apiUrl: `${forge.url}/api/v3`,
    adminToken,
    admin,
    behaviour: forge.behaviour,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve));
      sockets.forEach(socket => socket.destroy());
      await closed;
      await forge.close();
    },
  };
}
