import fs from 'node:fs';
import { UserError } from './UserError.mjs';

/**
 * Shows that something long is going on: on a terminal one line that counts
 * the seconds, otherwise a line when it begins and one when it ends.
 *
 * @param {string} title - what is done, as a present participle: "Installing"
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withProgress(title, work, stream = process.stdout) {
  const startedAt = Date.now();
  const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  let timer;
  if (stream.isTTY) {
    const draw = () => stream.write(`\r\u001b[2K${title} … ${elapsed()}`);
    draw();
    timer = setInterval(draw, 1000);
  } else {
    stream.write(`${title} …\n`);
  }
  try {
    const result = await work();
    clearInterval(timer);
    if (stream.isTTY) stream.write('\r\u001b[2K');
    stream.write(`${title}: done in ${elapsed()}\n`);
    return result;
  } catch (error) {
    clearInterval(timer);
    if (stream.isTTY) stream.write('\n');
    throw error;
  }
}

/** The last lines of a log file, for showing with a failure. */
export function lastLines(file, count = 20) {
  try {
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.slice(-count).join('\n');
  } catch {
    return '';
  }
}

/** Runs a script's main function; the person's own mistakes end it with one line, ours with a stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const known = error instanceof UserError;
    process.stderr.write(`${known ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
