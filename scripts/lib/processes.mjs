import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { UserError } from './UserError.mjs';
import { lastLines } from './terminal.mjs';

/** Output of a short command; undefined where it is missing or fails. */
export function outputOf(command, args, options = {}) {
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    ...options,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs a command with its output in a log file. A failure names the file and
 * shows its last lines.
 *
 * @param {object} options
 * @param {string} options.what - for the message: "Installing the dependencies"
 * @param {string} options.logFile
 * @param {(code: number | null) => string | undefined} [options.hint] - one more line for the message
 */
export async function runLogged(command, args, options) {
  const { what, logFile, hint, ...spawnOptions } = options;
  fs.mkdirSync(path.dirname(logFile), { recursive: true });
  const log = fs.openSync(logFile, 'w');
  const code = await exitCodeOf(command, args, {
    ...spawnOptions,
    stdio: ['ignore', log, log],
  }).finally(() => fs.closeSync(log));
  if (code !== 0) {
    const lines = [
      `${what} failed (exit code ${code}). The last lines of ${logFile}:`,
      lastLines(logFile),
      hint?.(code),
    ];
    throw new UserError(lines.filter(Boolean).join('\n'));
  }
}

/**
 * Runs a command to its end. Signals that end this process while it waits go
 * to the child first, and its exit decides.
 */
export async function exitCodeOf(command, args, options = {}) {
  const child = spawn(command, args, options);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // A terminal sends Ctrl-C to the child as well; a supervisor's signal comes here alone.
  const forward = signal => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  signals.forEach(signal => process.on(signal, forward));
  const stopFollowing = whenParentIsGone(() => child.kill('SIGTERM'));
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve(code ?? signalCode(signal)),
      );
    });
  } finally {
    stopFollowing();
    signals.forEach(signal => process.off(signal, forward));
  }
}

/**
 * npm ends its shell on a SIGTERM, and the shell does not tell us: then nobody
 * wants us any more. Without npm, somebody may have put us in the background.
 */
function whenParentIsGone(act) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

function signalCode(signal) {
  return { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] ?? 1;
}
