import express, { Express, Router } from 'express';
import { createServer, Server } from 'http';
import { chmod, chown } from 'fs/promises';
import { join } from 'path';
import { once } from 'events';
import { JobUser } from './jobUser';
import { holdFolder } from './folders';

/** A runner has a few open, a program of an agent perhaps some more. */
const MAX_CONNECTIONS = 64;

/** Beyond that many connections; also to refuse them keeps the event loop busy. */
const MAX_REFUSED = 256;

/** Of an attempt whose socket was flooded. */
export const floodMessage = `The job opened connections to the back end without end; at one time it has ${MAX_CONNECTIONS}`;

/** A socket for one attempt. */
export interface JobSocket {
  path: string;
  /** Aborted where so many connections were opened that it takes no more. */
  flooded: AbortSignal;
  /** Ends its connections and removes it. */
  close(): Promise<void>;
}

/**
 * Serves the job protocol on unix sockets, for runners that have no network:
 * one for each attempt, so that none can take connections from another. Each
 * lies in a folder that only the user of jobs can enter.
 */
export class JobProtocolServer {
  readonly #app: Express;
  readonly #open = new Set<JobSocket>();

  private constructor(router: Router) {
    this.#app = express().disable('x-powered-by').use(router);
  }

  static start(router: Router): JobProtocolServer {
    return new JobProtocolServer(router);
  }

  /** @param user - who may connect; default: the user of this process */
  async open(user?: JobUser): Promise<JobSocket> {
    const folder = await holdFolder('job-', user);
    const path = join(folder.path, 'jobs.sock');
    const flood = new AbortController();
    const server = createBoundedServer(this.#app, flood);
    let closing: Promise<void> | undefined;
    const socket: JobSocket = {
      path,
      flooded: flood.signal,
      close: () => {
        closing ??= stopServer(server).finally(async () => {
          this.#open.delete(socket);
          await folder.remove();
        });
        return closing;
      },
    };
    this.#open.add(socket);
    try {
      server.listen(path);
      await once(server, 'listening');
      if (user) await giveTo(user, folder.path, path);
    } catch (error) {
      await socket.close();
      throw error;
    }
    return socket;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open].map(socket => socket.close()));
  }
}

/** Through its group, so that it owns neither and can change neither. */
async function giveTo(
  { gid }: JobUser,
  folder: string,
  path: string,
): Promise<void> {
  await chown(path, process.getuid!(), gid);
  await chmod(path, 0o660);
  await chown(folder, process.getuid!(), gid);
  await chmod(folder, 0o710);
}

/** Whatever a job does on its socket, it holds few descriptors, and none for long without asking something. */
function createBoundedServer(app: Express, flood: AbortController): Server {
  const server = createServer(
    {
      headersTimeout: 20_000,
      requestTimeout: 120_000,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 5_000,
    },
    app,
  );
  server.maxConnections = MAX_CONNECTIONS;
  let refused = 0;
  server.on('drop', () => {
    refused += 1;
    if (refused !== MAX_REFUSED) return;
    // At once: as long as others wait, the event loop does nothing but accept.
    server.close();
    flood.abort();
  });
  return server;
}

async function stopServer(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    // Calls back too where it does not listen, or not any more.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
