import path from 'node:path';
import { build } from './build.mjs';
import { install, installNeeded } from './install.mjs';
import { rootFolder, stateFolder } from './paths.mjs';
import { exitCodeOf } from './processes.mjs';
import {
  portsFromEnvironment,
  requireDiskSpace,
  requireGit,
  requirePorts,
} from './requirements.mjs';
import { ensureRuntime } from './runtime.mjs';
import { parseStartOptions, startHelp } from './startOptions.mjs';

/** Prepares the checkout, then hands over to packages/quickstart. @returns the exit code */
export async function start(args) {
  const options = parseStartOptions(args);
  if (options.help) {
    process.stdout.write(startHelp);
    return 0;
  }
  const home = stateFolder();
  const ports = portsFromEnvironment();
  requireGit();
  await requirePorts(ports);
  requireDiskSpace(rootFolder, { install: installNeeded() });
  requireDiskSpace(home, { install: false });

  const logsFolder = path.join(home, 'logs');
  const env = await ensureRuntime({
    script: path.join(rootFolder, 'scripts', 'start.mjs'),
    logsFolder,
  });
  await install({ env, logsFolder });
  await build({ env, logsFolder });
  return exitCodeOf(
    process.execPath,
    [
      '--enable-source-maps',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'packages/quickstart/src/cli.ts',
      ...args,
    ],
    {
      cwd: rootFolder,
      stdio: 'inherit',
      env: {
        ...env,
        SKEIN_HOME: home,
        SKEIN_PORT: String(ports.portal),
        SKEIN_FORGE_PORT: String(ports.forge),
      },
    },
  );
}
