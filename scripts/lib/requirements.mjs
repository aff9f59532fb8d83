import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { outputOf } from './processes.mjs';
import { UserError } from './UserError.mjs';

/** What an install and a build need: node_modules, Yarn's cache, build output. Measured: 3.5 GB. */
const BYTES_TO_INSTALL = 4e9;
/** What a run needs: databases, repositories, logs. */
const BYTES_TO_RUN = 300e6;

export function requireGit() {
  if (!outputOf('git', ['--version'])) {
    throw new UserError(
      'git is missing: install it (on Debian: apt-get install git) and try again.',
    );
  }
}

export function requireDiskSpace(folder, { install }) {
  const { bavail, bsize } = fs.statfsSync(nearestFolder(folder));
  const problem = diskSpaceProblem(folder, bavail * bsize, { install });
  if (problem) throw new UserError(problem);
}

/** What is wrong with so much free space, in one line; undefined where it is enough. */
export function diskSpaceProblem(folder, free, { install }) {
  const needed = install ? BYTES_TO_INSTALL : BYTES_TO_RUN;
  return free < needed
    ? `Not enough disk space at ${folder}: ${gigabytes(
        free,
      )} GB are free, ${gigabytes(needed)} GB are needed.`
    : undefined;
}

function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(1);
}

function nearestFolder(folder) {
  return fs.existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

/**
 * The ports of the portal and of the development forge.
 *
 * @throws UserError where one is no port number, or both are the same
 */
export function portsFromEnvironment(env = process.env) {
  const read = (name, fallback) => {
    const text = env[name] || fallback;
    const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (port < 1 || port > 65535) {
      throw new UserError(`${name} is not a port number: ${text}`);
    }
    return port;
  };
  const portal = read('SKEIN_PORT', '7007');
  const forge = read('SKEIN_FORGE_PORT', '7071');
  if (portal === forge) {
    throw new UserError(
      `The portal and the development forge cannot share port ${portal}: set SKEIN_PORT or SKEIN_FORGE_PORT to another one.`,
    );
  }
  return { portal, forge };
}

/**
 * A start that was killed leaves its services a second to notice.
 *
 * @throws UserError where something else listens on one of them
 */
export async function requirePorts({ portal, forge }, patienceMs = 2500) {
  const deadline = Date.now() + patienceMs;
  await requirePort(portal, 'the portal', 'SKEIN_PORT', deadline);
  await requirePort(
    forge,
    'the development forge',
    'SKEIN_FORGE_PORT',
    deadline,
  );
}

async function requirePort(port, user, variable, deadline) {
  for (;;) {
    const error = await bindingError(port);
    if (!error) return;
    if (error.code !== 'EADDRINUSE' || Date.now() > deadline) {
      const because =
        error.code === 'EADDRINUSE'
          ? 'is taken (another npm start, or another program)'
          : `cannot be used (${error.code})`;
      throw new UserError(
        `Port ${port} for ${user} ${because}: stop that program, or choose another port with ${variable}=<port> npm start.`,
      );
    }
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

async function bindingError(port) {
  const server = net.createServer();
  return new Promise(resolve => {
    server.once('error', resolve);
    server.listen({ port, host: '127.0.0.1' }, () =>
      server.close(() => resolve(undefined)),
    );
  });
}
