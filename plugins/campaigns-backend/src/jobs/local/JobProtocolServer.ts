import express, { Router } from 'express';
import { createServer, Server } from 'http';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { once } from 'events';

/**
 * Serves the job protocol on a unix socket, for runners that have no network.
 * The socket lies in a folder that only this user can enter.
 */
export class JobProtocolServer {
  readonly socketPath: string;
  readonly #server: Server;
  readonly #folder: string;

  private constructor(server: Server, folder: string, socketPath: string) {
    this.#server = server;
    this.#folder = folder;
    this.socketPath = socketPath;
  }

  static async start(router: Router): Promise<JobProtocolServer> {
    // mkdtemp makes it 0700. The name is short: a socket's path has at most 107 bytes.
    const folder = await mkdtemp(join(tmpdir(), 'skein-'));
    const socketPath = join(folder, 'jobs.sock');
    const server = createServer(express().disable('x-powered-by').use(router));
    server.listen(socketPath);
    await once(server, 'listening');
    return new JobProtocolServer(server, folder, socketPath);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
