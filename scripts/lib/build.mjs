import fs from 'node:fs';
import path from 'node:path';
import { fingerprint, listFiles, whenChanged } from './fingerprint.mjs';
import { rootFolder, stampFile } from './paths.mjs';
import { runLogged } from './processes.mjs';
import { withProgress } from './terminal.mjs';

/** What is built before a start: each with what it is made of and what comes out. */
const parts = [
  {
    name: 'front end',
    folder: 'packages/app',
    inputs: [
      'packages/app',
      'plugins/campaigns',
      'plugins/campaigns-common',
      'packages/mapping-rewriter',
      // Says which plugins are taken in.
      'app-config.yaml',
      'yarn.lock',
    ],
    output: 'packages/app/dist/index.html',
  },
  {
    name: 'job runner',
    folder: 'packages/job-runner',
    inputs: ['packages/job-runner', 'packages/mapping-rewriter', 'yarn.lock'],
    output: 'packages/job-runner/dist',
  },
];

/** Builds what changed since it was last built. */
export async function build({ env, logsFolder }) {
  const cli = path.join(
    rootFolder,
    'node_modules/@backstage/cli/bin/backstage-cli',
  );
  for (const { name, folder, inputs, output } of parts) {
    const slug = name.replaceAll(' ', '-');
    const stamp = stampFile(`build-${slug}`);
    if (!fs.existsSync(path.join(rootFolder, output))) {
      fs.rmSync(stamp, { force: true });
    }
    const files = listFiles(rootFolder, inputs);
    const digest = fingerprint(rootFolder, files, [process.version]);
    await whenChanged(stamp, digest, () =>
      withProgress(`Building the ${name}`, () =>
        runLogged(process.execPath, [cli, 'package', 'build'], {
          what: `Building the ${name}`,
          logFile: path.join(logsFolder, `build-${slug}.log`),
          cwd: path.join(rootFolder, folder),
          env,
        }),
      ),
    );
  }
}
