import { spawn } from 'child_process';
import { once } from 'events';
import { Writable } from 'stream';
import { JobUser } from './jobUser';

/** A command that is tried out. */
export interface Probe {
  pid: number;
  /** Resolves when it gave back what it was given: all before its last program has succeeded. Rejects as `ended`. */
  started: Promise<void>;
  /** Ends its input. */
  finish(): void;
  /** Rejects where it does not succeed, with what it printed on its error output. */
  ended: Promise<void>;
}

const MARK = 'skein-probe-is-running';

/**
 * Tries a command that either ends, or ends in a `cat`.
 *
 * @param options.user - default: the user of this process
 * @param options.filter - given on descriptor 3
 */
export function startProbe(
  file: string,
  args: string[],
  options: { user: JobUser | undefined; filter?: Buffer },
): Probe {
  const child = spawn(file, args, {
    ...options.user,
    cwd: '/',
    env: {},
    timeout: 20_000,
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'pipe', options.filter ? 'pipe' : 'ignore'],
  });
  const ignore = () => {}; // It may end before it has read.
  child.stdin!.on('error', ignore).write(`${MARK}\n`);
  const filter = child.stdio[3] as Writable | null;
  filter?.on('error', ignore).end(options.filter);
  let errors = '';
  child.stderr!.on('data', chunk => (errors += chunk));
  const ended = once(child, 'close').then(([code, signal]) => {
    if (code !== 0) {
      throw new Error(errors || `it ended with ${code ?? signal}`);
    }
  });
  const echoed = new Promise<void>(resolve => {
    let output = '';
    child.stdout!.on('data', chunk => {
      output += chunk;
      if (output.includes(MARK)) resolve();
    });
  });
  const started = Promise.race([echoed, ended]);
  started.catch(ignore);
  return {
    pid: child.pid ?? 0,
    started,
    finish: () => child.stdin!.end(),
    ended,
  };
}
