import { ChildProcess, spawn } from 'child_process';
import { once } from 'events';
import { constants } from 'os';
import { TailBuffer } from './TailBuffer';

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
  /** Of the end of its output. Default: 16 KiB. */
  keptBytes?: number;
  signal: AbortSignal;
}

const KEPT_BYTES = 16 * 1024;

/** What a command printed before it ended may still be on its way; a child of its own may hold the pipes open for ever. */
const DRAIN_MILLISECONDS = 100;

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
  const output = new TailBuffer(bounds.keptBytes ?? KEPT_BYTES);
  let cause: CommandEnd['type'] | undefined;
  const end = (type: CommandEnd['type']) => {
    cause ??= type;
    killGroup(child);
  };
  const read = (chunk: Buffer) => {
    output.append(chunk);
    if (output.total > bounds.outputBytes) end('output-limit');
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const closed = once(child, 'close').catch(() => {});
  const timer = setTimeout(() => end('timeout'), bounds.timeoutMilliseconds);
  const onAbort = () => end('stopped');
  bounds.signal.addEventListener('abort', onAbort);
  if (bounds.signal.aborted) end('stopped');

  let code: number | undefined;
  try {
    const [exited, signal] = await once(child, 'exit');
    code = exited ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
    if (!cause) await Promise.race([closed, after(DRAIN_MILLISECONDS)]);
  } catch (error) {
    output.append(Buffer.from((error as Error).message));
    cause ??= 'missing';
  } finally {
    clearTimeout(timer);
    bounds.signal.removeEventListener('abort', onAbort);
    killGroup(child);
    child.stdout.destroy();
    child.stderr.destroy();
  }
  return {
    type: cause ?? 'exited',
    code: cause ? undefined : code,
    output: output.toString(),
    durationMs: Date.now() - startedAt,
  };
}

function killGroup(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

function after(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds).unref();
  });
}
