import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {
  BROUGHT_NODE_VERSION,
  headersFolder,
  nodePackageName,
  unusableNodeReason,
} from './nodeVersions.mjs';
import { cacheFolder, rootFolder } from './paths.mjs';
import { exitCodeOf, runLogged } from './processes.mjs';
import { withProgress } from './terminal.mjs';
import { UserError } from './UserError.mjs';

const REEXECUTED = 'SKEIN_NODE_REEXECUTED';

/**
 * Makes sure that the rest runs on a Node that fits and whose headers are at
 * hand. Where this process is not such a one, runs the script again with one
 * and ends with its exit code.
 *
 * @returns the environment for child processes
 */
export async function ensureRuntime({ script, logsFolder }) {
  const reason = unusableNodeReason(process.version);
  const headers = headersFolder(process.execPath, process.version);
  if (!reason && headers) return childEnvironment(process.execPath, headers);

  const folder = await bringNode({ logsFolder });
  if (process.env[REEXECUTED]) {
    throw new UserError(
      `Node ${process.version} was started although ${folder} holds ${BROUGHT_NODE_VERSION}. Remove that folder and try again.`,
    );
  }
  const why = reason ?? 'has no headers to compile native modules against';
  process.stdout.write(
    `Node ${process.version} ${why}: going on with ${BROUGHT_NODE_VERSION} from ${folder}\n`,
  );
  const node = path.join(folder, 'bin', 'node');
  const code = await exitCodeOf(node, [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...childEnvironment(node, folder), [REEXECUTED]: '1' },
  });
  process.exit(code);
}

function childEnvironment(node, headers) {
  return {
    ...process.env,
    PATH: [path.dirname(node), process.env.PATH].join(path.delimiter),
    // Wins over a `nodedir` in somebody's npmrc, which may be that of another Node.
    npm_config_nodedir: headers,
  };
}

/** Brings Node from npm into the cache folder, once. @returns its folder */
async function bringNode({ logsFolder }) {
  const folder = path.join(cacheFolder(), `node-v${BROUGHT_NODE_VERSION}`);
  if (works(folder)) return folder;

  const name = nodePackageName(process.platform, process.arch);
  const byHand = `Install Node ${BROUGHT_NODE_VERSION} and try again.`;
  if (!name) {
    throw new UserError(
      `npm has no Node for ${process.platform} ${process.arch}. ${byHand}`,
    );
  }
  fs.mkdirSync(cacheFolder(), { recursive: true });
  const temporary = fs.mkdtempSync(path.join(cacheFolder(), 'download-'));
  try {
    await withProgress(`Bringing Node ${BROUGHT_NODE_VERSION} from npm`, () =>
      download(
        `${name}@${BROUGHT_NODE_VERSION}`,
        temporary,
        logsFolder,
        byHand,
      ),
    );
    const unpacked = path.join(temporary, 'package');
    if (!works(unpacked)) {
      throw new UserError(
        `The Node ${BROUGHT_NODE_VERSION} that npm gave does not run on this machine. ${byHand}`,
      );
    }
    putInPlace(unpacked, folder);
    return folder;
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

async function download(specifier, temporary, logsFolder, byHand) {
  await runLogged('npm', ['pack', specifier, '--pack-destination', temporary], {
    what: `Bringing ${specifier} from npm`,
    logFile: path.join(logsFolder, 'node.log'),
    cwd: rootFolder,
    hint: () => byHand,
  });
  const tarball = fs.readdirSync(temporary).find(it => it.endsWith('.tgz'));
  const result = spawnSync('tar', ['-xzf', tarball, '--no-same-owner'], {
    cwd: temporary,
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    throw new UserError(`Unpacking ${tarball} failed: ${result.stderr}`);
  }
}

/** Another start may have been faster: its folder is as good as ours. */
function putInPlace(unpacked, folder) {
  for (let attempt = 0; !works(folder); attempt++) {
    try {
      fs.renameSync(unpacked, folder);
    } catch (error) {
      if (attempt > 0 || !['ENOTEMPTY', 'EEXIST'].includes(error.code)) {
        throw error;
      }
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

function works(folder) {
  const result = spawnSync(path.join(folder, 'bin', 'node'), ['--version'], {
    encoding: 'utf8',
  });
  return result.stdout?.trim() === `v${BROUGHT_NODE_VERSION}`;
}
