import { ChildProcess, spawn } from 'child_process';
import fs from 'fs';
import net from 'net';
import os from 'os';
import path from 'path';
import { waitUntil } from '../waitUntil';

const checkout = path.resolve(__dirname, '../../../..');

/** A place of its own for `npm start`: state folder and ports. */
export interface Place {
  home: string;
  portal: number;
  forge: number;
}

export async function aPlace(): Promise<Place> {
  return {
    home: fs.mkdtempSync(path.join(os.tmpdir(), 'skein-e2e-')),
    portal: await freePort(),
    forge: await freePort(),
  };
}

/** Whether nothing listens on a port. */
export async function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** `npm start` as a person runs it, with what it prints. */
export class StartScript {
  readonly exitCode: Promise<number | null>;
  #output = '';
  #ended = false;
  readonly #child: ChildProcess;

  static run(place: Place, ...args: string[]): StartScript {
    const { NODE_ENV: _, JEST_WORKER_ID: __, ...env } = process.env;
    return new StartScript(
      spawn(process.execPath, ['scripts/start.mjs', ...args], {
        cwd: checkout,
        env: {
          ...env,
          SKEIN_HOME: place.home,
          SKEIN_PORT: String(place.portal),
          SKEIN_FORGE_PORT: String(place.forge),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    const collect = (chunk: Buffer) => {
      this.#output += chunk;
    };
    child.stdout!.on('data', collect);
    child.stderr!.on('data', collect);
    this.exitCode = new Promise(resolve => {
      child.once('close', code => {
        this.#ended = true;
        resolve(code);
      });
    });
  }

  /** All that it has printed so far. */
  get output(): string {
    return this.#output;
  }

  async says(text: string, timeoutSeconds: number): Promise<void> {
    await waitUntil(
      async () => {
        if (this.#output.includes(text)) return true;
        if (this.#ended) {
          throw new Error(
            `npm start ended without "${text}":\n${this.#output}`,
          );
        }
        return false;
      },
      {
        otherwise: `npm start did not say "${text}"`,
        timeoutSeconds,
        signal: new AbortController().signal,
      },
    );
  }

  /** What Ctrl-C does. @returns the exit code */
  async interrupt(): Promise<number | null> {
    this.#child.kill('SIGINT');
    return this.exitCode;
  }

  /** For the end of a test, whatever came of it. */
  async end(): Promise<void> {
    if (!this.#ended) await this.interrupt();
  }
}
