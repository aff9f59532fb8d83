import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { provideBrowser } from '../browser.mjs';
import { provideBubblewrap } from '../bubblewrap.mjs';
import { build } from '../build.mjs';
import { install, installNeeded } from '../install.mjs';
import { cacheFolder, rootFolder } from '../paths.mjs';
import { postgresEnvironment, startPostgres } from '../postgres.mjs';
import { requireDiskSpace, requireGit } from '../requirements.mjs';
import { ensureRuntime } from '../runtime.mjs';
import { ATTACKS_FILE, readAttacks, selectAttacks } from './attackList.mjs';
import { attackUsers } from './attackUsers.mjs';
import { isEndToEnd, runAttacks } from './runAttacks.mjs';

const help = `yarn test:attacks [words]

Tries the attacks of ${ATTACKS_FILE} and prints a line for each: stopped, FAILED,
or not tried and why. As root, all of them are tried as an ordinary user too.
With words, only attacks in whose name or tests all of them stand.
`;

/** Sets everything up and tries the attacks. @returns the exit code: 0 where none failed */
export async function testAttacks(words) {
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const attacks = selectAttacks(
    readAttacks(fs.readFileSync(path.join(rootFolder, ATTACKS_FILE), 'utf8')),
    words,
  );
  requireGit();
  requireDiskSpace(rootFolder, { install: installNeeded() });
  // May end this process: nothing is made before that would have to be taken away.
  const env = await ensureRuntime({
    script: path.join(rootFolder, 'scripts', 'testAttacks.mjs'),
    logsFolder: cacheFolder(),
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-test-'));
  try {
    await install({ env, logsFolder: folder });
    const endToEnd = attacks.some(({ tests }) =>
      tests.some(({ file }) => isEndToEnd(file)),
    );
    const portal = endToEnd ? ['front end'] : [];
    const only = [...portal, 'job runner', 'rewriter'];
    await build({ env, logsFolder: folder, only });
    return await tryAll(attacks, { ...env, ...(endToEnd && browser()) });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function browser() {
  try {
    return provideBrowser();
  } catch (error) {
    process.stdout.write(`Without a browser: ${error.message}\n`);
    return {};
  }
}

async function tryAll(attacks, baseEnv) {
  const noBubblewrap = provideBubblewrap();
  if (noBubblewrap) {
    process.stdout.write(
      `Without a sandbox for job runners: ${noBubblewrap}. What it stops is not tried.\n`,
    );
  }
  const postgres = await startPostgres().catch(error => {
    process.stdout.write(`Stores on SQLite alone: ${error.message}\n`);
  });
  const env = {
    ...baseEnv,
    ...(postgres && postgresEnvironment(postgres)),
    CI: '1',
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
  };
  const users = attackUsers(env);
  try {
    const lines = [];
    let failed = false;
    for (const user of users) {
      const counts = await runAttacks(attacks, user);
      failed ||= counts.FAILED > 0;
      lines.push(
        `As ${user.title}: ${counts.stopped} stopped, ${counts.FAILED} failed, ${counts['not tried']} not tried`,
      );
    }
    process.stdout.write(`\n${lines.join('\n')}\n`);
    return failed ? 1 : 0;
  } finally {
    users.forEach(user => user.remove());
    await postgres?.stop();
  }
}
