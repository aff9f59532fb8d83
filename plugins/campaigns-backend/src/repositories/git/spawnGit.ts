import { ChildProcess, spawn } from 'child_process';
import os from 'os';
import { GitAccess } from '@skein/plugin-campaigns-node';
import { GitError } from './GitError';
import { gitEnvironment } from './gitEnvironment';

/** How a git command runs. */
export interface GitOptions {
  /** The bare repository it works on. */
  gitDir?: string;
  /** Credentials for a remote. */
  access?: GitAccess;
  /** Environment variables of git beside the usual ones, for example `GIT_INDEX_FILE`. */
  environment?: Record<string, string>;
  /** Default: two minutes. */
  timeoutMilliseconds?: number;
  signal?: AbortSignal;
}

/** A running git and how it ends. */
export interface GitProcess {
  child: ChildProcess;
  /** Resolves on exit code 0. @throws GitError otherwise */
  ended: Promise<void>;
  /** Ends git and what it started; `ended` rejects with this reason. */
  kill(reason: string): void;
}

const STDERR_BYTES = 16 * 1024;

/**
 * Starts git with a clean environment, a time limit, and a process group of
 * its own, so that the programs that git starts end with it.
 */
export function spawnGit(args: string[], options: GitOptions): GitProcess {
  const name = `git ${args[0]}`;
  const child = spawn(
    'git',
    [
      '--literal-pathspecs',
      ...(options.gitDir ? [`--git-dir=${options.gitDir}`] : []),
      ...args,
    ],
    {
      // A bare repository, or a place that holds none: nothing is found by looking around.
      cwd: options.gitDir ?? os.tmpdir(),
      env: gitEnvironment(options.access, options.environment),
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );

  let killedFor: string | undefined;
  const kill = (reason: string) => {
    if (killedFor !== undefined || child.exitCode !== null) return;
    killedFor = reason;
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };

  let stderr = '';
  child.stderr!.setEncoding('utf8').on('data', text => {
    stderr = (stderr + text).slice(-STDERR_BYTES);
  });

  const limit = options.timeoutMilliseconds ?? 120_000;
  const timer = setTimeout(
    () => kill(`took longer than ${Math.round(limit / 1000)} s`),
    limit,
  );
  const onAbort = () => kill('was stopped');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();

  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', cause =>
      reject(
        new GitError(
          `Could not start git; is it installed? (${cause.message})`,
          { stderr: '' },
          cause,
        ),
      ),
    );
    child.once('close', (code, signal) => {
      if (code === 0 && killedFor === undefined) {
        resolve();
        return;
      }
      const what =
        killedFor ??
        (code === null ? `was ended by ${signal}` : `failed with code ${code}`);
      const said = lastLine(stderr);
      reject(
        new GitError(`${name} ${what}${said ? `: ${said}` : ''}`, {
          exitCode: code ?? undefined,
          stderr,
        }),
      );
    });
  }).finally(() => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  });
  return { child, ended, kill };
}

/** Git says what is wrong in its `fatal:` or `error:` line; the rest is context. */
function lastLine(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const line =
    lines.find(text => /^(fatal|error):/.test(text)) ??
    lines[lines.length - 1] ??
    '';
  return line.slice(0, 500);
}
