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
    command: [
      '../../node_modules/@backstage/cli/bin/backstage-cli',
      'package',
      'build',
    ],
    output: 'packages/app/dist/index.html',
  },
  {
    name: 'job runner',
    folder: 'packages/job-runner',
    inputs: [
      'packages/job-runner',
      'packages/agent-context',
      'packages/mapping-rewriter',
      'yarn.lock',
    ],
    command: ['scripts/build-bundle.mjs'],
    output: 'packages/job-runner/dist/job-runner.cjs',
  },
  {
    name: 'rewriter',
    folder: 'packages/mapping-rewriter',
    inputs: ['packages/mapping-rewriter', 'yarn.lock'],
    command: ['scripts/build-bin.mjs'],
    output: 'packages/mapping-rewriter/dist/mapping-rewriter.cjs',
  },
];

/**
 * Builds what changed since it was last built.
 *
 * @param {object} options
 * @param {string[]} [options.only] - names of parts; all unless given
 */
export async function build({ env, logsFolder, only }) {
  const wanted = parts.filter(({ name }) => !only || only.includes(name));
  for (const { name, folder, inputs, command, output } of wanted) {
    const slug = name.replaceAll(' ', '-');
    const stamp = stampFile(`build-${slug}`);
    if (!fs.existsSync(path.join(rootFolder, output))) {
      fs.rmSync(stamp, { force: true });
    }
    const files = listFiles(rootFolder, inputs);
    const digest = fingerprint(rootFolder, files, [process.version]);
    await whenChanged(stamp, digest, () =>
      withProgress(`Building the ${name}`, () =>
        runLogged(process.execPath, command, {
          what: `Building the ${name}`,
          logFile: path.join(logsFolder, `build-${slug}.log`),
          cwd: path.join(rootFolder, folder),
          env,
        }),
      ),
    );
  }
}
