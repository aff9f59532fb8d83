import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { rootFolder } from '../paths.mjs';

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
 * @property {(command: string, args: string[]) => [string, string[]]} command - what to start for it
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
    command: (command, args) => [command, args],
    env: { ...env, TMPDIR: folder },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

function ordinaryUser(env) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-attacks-'));
  const bin = path.join(folder, 'bin');
  const home = path.join(folder, 'home');
  const temporary = path.join(folder, 't');
  [bin, home, temporary].forEach(each => fs.mkdirSync(each));
  // The Node of root often lies in root's home.
  fs.copyFileSync(process.execPath, path.join(bin, 'node'));
  fs.chmodSync(path.join(bin, 'node'), 0o755);
  [home, temporary].forEach(each => fs.chownSync(each, ORDINARY, ORDINARY));
  fs.chmodSync(folder, 0o755);
  const { XDG_CACHE_HOME: _, ...rest } = env;
  const user = {
    title: `an ordinary user (${ORDINARY})`,
    folder: temporary,
    env: {
      ...rest,
      HOME: home,
      TMPDIR: temporary,
      PATH: [bin, env.PATH].join(path.delimiter),
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
  const node = path.join(bin, 'node');
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
    command: (command, args) => [
      setpriv[0],
      [
        ...setpriv.slice(1),
        command === process.execPath ? node : command,
        ...args,
      ],
    ],
  };
}

/** A checkout in the home of root is seen by others at a place of ours. */
function throughMount(node, checkout) {
  fs.mkdirSync(checkout);
  const script = 'mount --bind "$1" "$2" && cd "$2" && shift 2 && exec "$@"';
  return {
    checkout,
    command: (command, args) => [
      'unshare',
      [
        ...['--mount', '--propagation', 'private', '--'],
        ...['sh', '-c', script, 'sh', rootFolder, checkout],
        ...setpriv,
        command === process.execPath ? node : command,
        ...args,
      ],
    ],
  };
}

function canRead({ checkout, command }, env) {
  const [program, args] = command(process.execPath, [
    '-e',
    `require('fs').readFileSync(${JSON.stringify(
      path.join(checkout, 'package.json'),
    )})`,
  ]);
  return (
    spawnSync(program, args, { env, cwd: '/', stdio: 'ignore' }).status === 0
  );
}
