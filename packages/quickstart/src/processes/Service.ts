import { ChildProcess, spawn } from 'child_process';
import fs from 'fs';
import path from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { StartError } from '../StartError';
import { lastLines } from './lastLines';

export interface ServiceOptions {
  /** For messages: `the portal`. */
  title: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
}

/**
 * A Node process of its own, in a process group of its own, so that a Ctrl-C in
 * the terminal reaches us alone and we decide in which order things end.
 */
export class Service {
  readonly title: string;
  readonly logFile: string;
  /** Resolves when the process ended, however it did. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  /** Where in the log file this process begins. */
  readonly #logStart: number;
  #running = true;

  static start(options: ServiceOptions): Service {
    fs.mkdirSync(path.dirname(options.logFile), { recursive: true });
    const log = fs.openSync(options.logFile, 'a');
    const logStart = fs.fstatSync(log).size;
    const child = spawn(
      process.execPath,
      ['--require', path.join(__dirname, 'followParent.cjs'), ...options.args],
      {
        cwd: options.cwd,
        env: options.env,
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    fs.closeSync(log);
    return new Service(options, child, logStart);
  }

  private constructor(
    options: ServiceOptions,
    child: ChildProcess,
    logStart: number,
  ) {
    this.#logStart = logStart;
    this.title = options.title;
    this.logFile = options.logFile;
    this.#child = child;
    this.exited = new Promise(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(signal ? `ended by ${signal}` : `exit code ${code}`),
      );
    });
    this.exited.then(() => {
      this.#running = false;
    });
  }

  /**
   * Waits until it can be used.
   *
   * @throws StartError with the end of the log when the process ends first or the time is over
   */
  async ready(
    isReady: () => Promise<boolean>,
    timeoutSeconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = Date.now() + timeoutSeconds * 1000;
    while (!(await isReady())) {
      signal.throwIfAborted();
      if (!this.#running) {
        throw this.failure(`did not start (${await this.exited})`);
      }
      if (Date.now() > deadline) {
        throw this.failure(`was not ready within ${timeoutSeconds} s`);
      }
      await sleep(100);
    }
  }

  /** What the process has written since it was started, at most a megabyte. */
  output(): string {
    const handle = fs.openSync(this.logFile, 'r');
    try {
      const buffer = Buffer.alloc(1024 * 1024);
      const length = fs.readSync(
        handle,
        buffer,
        0,
        buffer.length,
        this.#logStart,
      );
      return buffer.toString('utf8', 0, length);
    } finally {
      fs.closeSync(handle);
    }
  }

  /** An error that shows the end of the log. */
  failure(what: string): StartError {
    return new StartError(
      `${this.title} ${what}. The last lines of ${this.logFile}:\n${lastLines(
        this.logFile,
      )}`,
    );
  }

  /** Asks the whole group to end, and ends it after the grace period. */
  async stop(graceSeconds: number): Promise<void> {
    this.#signal('SIGTERM');
    const timer = setTimeout(() => this.kill(), graceSeconds * 1000);
    await this.exited;
    clearTimeout(timer);
    // What the process left behind in its group has no parent to wait for.
    this.kill();
  }

  kill(): void {
    this.#signal('SIGKILL');
  }

  get running(): boolean {
    return this.#running;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
