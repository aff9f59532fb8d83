import fs from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { rootFolder, stampFile } from './paths.mjs';
import { outputOf, runLogged } from './processes.mjs';
import { withProgress } from './terminal.mjs';
import { UserError } from './UserError.mjs';

const STAMP = 'install';

/** Whether the dependencies have to be installed. */
export function installNeeded() {
  const stamp = stampFile(STAMP);
  return !(
    fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === installDigest()
  );
}

/** Installs the dependencies as the lockfile says, with the Yarn of the checkout. */
export async function install({ env, logsFolder }) {
  if (!installNeeded()) return;
  const stamp = stampFile(STAMP);
  fs.rmSync(stamp, { force: true });
  const logFile = path.join(logsFolder, 'install.log');
  await withProgress('Installing the dependencies (first time: minutes)', () =>
    runLogged(process.execPath, [yarnFile(), 'install', '--immutable'], {
      what: 'Installing the dependencies',
      logFile,
      cwd: rootFolder,
      env: { ...env, ...registryEnvironment(env) },
      hint: missingToolchainHint,
    }),
  );
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, installDigest());
}

/** The committed Yarn. */
export function yarnFile() {
  const folder = path.join(rootFolder, '.yarn', 'releases');
  const name = fs.readdirSync(folder).find(it => /^yarn-.*\.cjs$/.test(it));
  if (!name) throw new UserError(`${folder} holds no Yarn: restore it.`);
  return path.join(folder, name);
}

function installDigest() {
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    fs
      .readdirSync(path.join(rootFolder, folder))
      .map(name => `${folder}/${name}/package.json`),
  );
  const files = ['yarn.lock', '.yarnrc.yml', 'package.json', ...manifests];
  return fingerprint(
    rootFolder,
    files.filter(file => fs.existsSync(path.join(rootFolder, file))),
    [process.version, process.platform, process.arch],
  );
}

/** Yarn does not read npm's settings: it is told the registry that npm uses. */
function registryEnvironment(env) {
  if (env.YARN_NPM_REGISTRY_SERVER) return {};
  const registry = outputOf('npm', ['config', 'get', 'registry'], {
    cwd: rootFolder,
    env,
  });
  return yarnRegistrySettings(registry);
}

/** @param {string | undefined} registry - as npm says it */
export function yarnRegistrySettings(registry) {
  let url;
  try {
    url = new URL(registry);
  } catch {
    return {};
  }
  const server = url.href.replace(/\/$/, '');
  return url.protocol === 'http:'
    ? {
        YARN_NPM_REGISTRY_SERVER: server,
        YARN_UNSAFE_HTTP_WHITELIST: url.hostname,
      }
    : { YARN_NPM_REGISTRY_SERVER: server };
}

function missingToolchainHint() {
  const missing = ['c++', 'make', 'python3'].filter(
    command => !outputOf(command, ['--version']),
  );
  return missing.length
    ? `Missing to compile native modules: ${missing.join(
        ', ',
      )} (on Debian: apt-get install build-essential python3).`
    : undefined;
}
