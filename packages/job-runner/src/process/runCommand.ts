import { spawn } from 'child_process';

/** How a command ended. */
export interface CommandEnd {
  /** `missing`: there is no such program. */
  type: 'exited' | 'timeout' | 'output-limit' | 'stopped' | 'missing';
  /** 0 to 255; 128 and the signal's number where one ended it; undefined where it did not end by itself. */
  code?: number;
  /** The last part of what it printed on both outputs. */
  output: string;
  durationMs: number;
}

/** Bounds of a command. */
export interface CommandBounds {
  timeoutMilliseconds: number;
  /** More than this ends it. */
  outputBytes: number;
  signal: AbortSignal;
}

const KEPT_BYTES = 16 * 1024;

/**
 * Runs a command without a shell, in a process group of its own, with no input.
 * When it ends, for whatever reason, its whole group is killed.
 */
export async function runCommand(
  command: string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  bounds: CommandBounds,
): Promise<CommandEnd> {
  const startedAt = Date.now();
  const [file, ...args] = command;
  const child = spawn(file, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = new TailBuffer(KEPT_BYTES);
  return new Promise(resolve => {
    let cause: CommandEnd['type'] | undefined;
    const killGroup = () => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of it has ended.
      }
    };
    const end = (type: CommandEnd['type']) => {
      cause ??= type;
      killGroup();
    };
    const timer = setTimeout(() => end('timeout'), bounds.timeoutMilliseconds);
    const onAbort = () => end('stopped');
    bounds.signal.addEventListener('abort', onAbort);
    const finish = (type: CommandEnd['type'], code?: number) => {
      clearTimeout(timer);
      bounds.signal.removeEventListener('abort', onAbort);
      killGroup();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({
        type,
        code,
        output: output.toString(),
        durationMs: Date.now() - startedAt,
      });
    };
    const read = (chunk: Buffer) => {
      output.append(chunk);
      if (output.total > bounds.outputBytes) end('output-limit');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', error => {
      output.append(Buffer.from(error.message));
      finish('missing');
    });
    child.on('exit', (code, exitSignal) => {
      // What it printed last may still be in the pipe; a child of its own may hold the pipe open for ever.
      const drained = setTimeout(() => done(), 100);
      const done = () => {
        clearTimeout(drained);
        finish(
          cause ?? 'exited',
          cause ? undefined : exitCode(code, exitSignal),
        );
      };
      child.once('close', done);
      if (cause) done();
    });
    if (bounds.signal.aborted) end('stopped');
  });
}

function exitCode(code: number | null, signal: string | null): number {
  if (code !== null) return code;
  const { constants } = require('os');
  return 128 + (constants.signals[signal!] ?? 0);
}

/** Counts all and keeps the last bytes. */
class TailBuffer {
  total = 0;
  #chunks: Buffer[] = [];
  #kept = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(chunk: Buffer): void {
    this.total += chunk.length;
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    if (this.#kept > 4 * this.#limit) this.#compact();
  }

  toString(): string {
    this.#compact();
    const text = this.#chunks.map(chunk => chunk.toString('utf8')).join('');
    const cut = this.total > this.#kept;
    return cut ? `…${text.slice(text.indexOf('\n') + 1)}` : text;
  }

  #compact(): void {
    const last = Buffer.concat(this.#chunks).subarray(-this.#limit);
    this.#chunks = [last];
    this.#kept = last.length;
  }
}
