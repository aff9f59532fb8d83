import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder, rootFolder } from '../paths.mjs';

/** Of no account: Postgres of the tests and jobs of a back end that is root have others. */
const ORDINARY = 65_531;

/**
 * As whom attacks are tried: as this user, and where that is root as an
 * ordinary one besides. Both have a folder for all that is temporary, since
 * neither may fall over what the other left.
 *
 * @typedef {object} AttackUser
 * @property {string} title
 * @property {string} [missing] - why nothing can be tried as this user
 * @property {string} checkout - where this user sees the checkout
 * @property {string} folder - of its own
 * @property {(folder: string, words: string[]) => [string, string[]]} command - what to start
 *   to run words as this user, in a folder of the checkout
 * @property {NodeJS.ProcessEnv} env
 * @property {() => void} remove
 *
 * @returns {AttackUser[]}
 */
export function attackUsers(env) {
  const uid = process.getuid?.();
  if (uid !== 0) {
    const here = presentUser(
      `an ordinary user (${uid ?? os.userInfo().username})`,
      env,
    );
    const missing = 'only root can: start it once more as root';
    return [{ ...here, remove() {}, title: 'root', missing }, here];
  }
  return [presentUser('root', env), ordinaryUser(env)];
}

function presentUser(title, env) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-attacks-'));
  return {
    title,
    checkout: rootFolder,
    folder,
    command: (folderWithin, words) =>
      inFolder(path.join(rootFolder, folderWithin), words),
    env: { ...env, TMPDIR: folder },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where others may enter: the folder for temporary files is closed to them in `npm test`. */
function openTemporaryFolder() {
  const isOpen = folder => {
    for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
      if ((fs.statSync(at).mode & 1) === 0) return false;
      if (at === path.dirname(at)) return true;
    }
  };
  const folders = [os.tmpdir(), '/tmp', '/var/tmp'];
  return (
    folders.find(folder => fs.existsSync(folder) && isOpen(folder)) ??
    os.tmpdir()
  );
}

function ordinaryUser(env) {
  const folder = fs.mkdtempSync(
    path.join(openTemporaryFolder(), 'skein-attacks-'),
  );
  const home = path.join(folder, 'home');
  const temporary = path.join(folder, 't');
  for (const each of [home, temporary]) {
    fs.mkdirSync(each);
    fs.chownSync(each, ORDINARY, ORDINARY);
  }
  fs.chmodSync(folder, 0o755);
  // The Node and the browser of root often lie in root's home.
  const node = path.join(folder, 'bin', 'node');
  fs.cpSync(process.execPath, node, { dereference: true });
  const { XDG_CACHE_HOME: _, ...rest } = env;
  const user = {
    title: `an ordinary user (${ORDINARY})`,
    folder: temporary,
    env: {
      ...withBrowser(rest, path.join(folder, 'browser')),
      HOME: home,
      TMPDIR: temporary,
      PATH: [path.dirname(node), env.PATH].join(path.delimiter),
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
  const ways = [
    directly(node),
    throughMount(node, path.join(folder, 'checkout')),
  ];
  const way = ways.find(each => canRead(each, user.env));
  const missing = `user ${ORDINARY} cannot read ${rootFolder}, and nothing can be mounted here: move the checkout out of the home of root`;
  return { ...user, ...(way ?? { ...ways[0], missing }) };
}

const setpriv = [
  'setpriv',
  `--reuid=${ORDINARY}`,
  `--regid=${ORDINARY}`,
  '--clear-groups',
  '--inh-caps=-all',
];

function directly(node) {
  return {
    checkout: rootFolder,
    command: (folder, words) =>
      inFolder(path.join(rootFolder, folder), [
        ...setpriv,
        ...withNode(node, words),
      ]),
  };
}

/** A checkout in the home of root is seen by others at a place of ours. */
function throughMount(node, checkout) {
  fs.mkdirSync(checkout);
  const script = 'mount --bind "$1" "$2" && cd "$2/$3" && shift 3 && exec "$@"';
  return {
    checkout,
    command: (folder, words) => [
      'unshare',
      [
        ...['--mount', '--propagation', 'private', '--'],
        ...['sh', '-c', script, 'sh', rootFolder, checkout, folder],
        ...setpriv,
        ...withNode(node, words),
      ],
    ],
  };
}

/** Not as an option of the spawn: the folder may be there within alone. */
function inFolder(folder, words) {
  const script = 'cd "$1" && shift && exec "$@"';
  return ['sh', ['-c', script, 'sh', folder, ...words]];
}

function withNode(node, words) {
  return words.map(word => (word === process.execPath ? node : word));
}

/** With a copy of a browser that lies in a cache folder, where others may read it. */
function withBrowser(env, copy) {
  const { SKEIN_BROWSER: browser } = env;
  if (!browser?.startsWith(cacheFolder())) return env;
  const folder = path.dirname(browser);
  fs.cpSync(folder, copy, { recursive: true });
  const variables = ['SKEIN_BROWSER', 'FONTCONFIG_FILE', 'LD_LIBRARY_PATH'];
  const moved = variables
    .filter(name => env[name])
    .map(name => [name, env[name].replaceAll(folder, copy)]);
  return { ...env, ...Object.fromEntries(moved) };
}

function canRead({ command }, env) {
  const look = "require('fs').readFileSync('package.json')";
  const [program, args] = command('.', [process.execPath, '-e', look]);
  const options = { env, cwd: '/', stdio: 'ignore' };
  return spawnSync(program, args, options).status === 0;
}
