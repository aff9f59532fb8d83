import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { provideBrowser } from './browser.mjs';
import { provideBubblewrap } from './bubblewrap.mjs';
import { build } from './build.mjs';
import { install, installNeeded } from './install.mjs';
import { cacheFolder, rootFolder } from './paths.mjs';
import { postgresEnvironment, startPostgres } from './postgres.mjs';
import { exitCodeOf } from './processes.mjs';
import { requireDiskSpace, requireGit } from './requirements.mjs';
import {
  addResults,
  noResults,
  readJestResults,
  readTapResults,
  skippedJestTests,
} from './results.mjs';
import { ensureRuntime } from './runtime.mjs';
import { UserError } from './UserError.mjs';

/** Sets everything up, runs every check and every test. @returns the exit code */
export async function test() {
  requireGit();
  requireDiskSpace(rootFolder, { install: installNeeded() });
  // May end this process: nothing is made before that would have to be taken away.
  const env = await ensureRuntime({
    script: path.join(rootFolder, 'scripts', 'test.mjs'),
    logsFolder: cacheFolder(),
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-test-'));
  try {
    await install({ env, logsFolder: folder });
    return await runAll(env, folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function runAll(baseEnv, folder) {
  const missing = [];
  const noBubblewrap = provideBubblewrap();
  if (noBubblewrap) {
    missing.push(`A sandbox for job runners: ${noBubblewrap}`);
  }
  const postgres = await startPostgres().catch(error => {
    missing.push(`Postgres (stores run on SQLite alone): ${error.message}`);
  });
  let browser = {};
  try {
    browser = provideBrowser();
  } catch (error) {
    missing.push(`A browser (its tests are skipped): ${error.message}`);
  }
  const env = {
    ...baseEnv,
    ...browser,
    ...(postgres && postgresEnvironment(postgres)),
    CI: '1',
    BACKSTAGE_TEST_DISABLE_DOCKER: '1',
    // What tests leave in the temporary folder goes with ours.
    TMPDIR: folder,
  };
  try {
    const steps = new Steps(env);
    // Some unit tests run the built job runner.
    await steps.build(folder);
    await steps.checks(folder, {
      Types: cli('typescript/bin/tsc'),
      Lint: [...backstageCli(), 'repo', 'lint'],
      Formatting: [
        ...cli('prettier/bin-prettier.js'),
        ...['--check', '--loglevel=warn', '.'],
      ],
    });
    await runNodeTests(steps, folder);
    const unitResults = await runUnitTests(steps, folder);
    const notes = {
      missing,
      skipped: skippedJestTests(unitResults),
    };
    await runEndToEndTests(steps, folder, notes);
    return steps.conclude();
  } finally {
    await postgres?.stop();
  }
}

async function runNodeTests(steps, folder) {
  const tap = path.join(folder, 'node.tap');
  const files = ['scripts/tests', 'examples'].flatMap(testFilesIn);
  await steps.tests(
    'Scripts and examples',
    [
      ...[
        '--test',
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
      ],
      ...['--test-reporter=tap', `--test-reporter-destination=${tap}`],
      ...files,
    ],
    () => readTapResults(tap),
  );
}

async function runUnitTests(steps, folder) {
  const results = path.join(folder, 'unit.json');
  await steps.tests(
    'Packages',
    [
      ...[...backstageCli(), 'repo', 'test', '--maxWorkers=2'],
      ...['--json', `--outputFile=${results}`],
    ],
    () => readJestResults(results),
  );
  return results;
}

async function runEndToEndTests(steps, folder, notes) {
  const results = path.join(folder, 'end-to-end.json');
  const notesFile = path.join(folder, 'notes.json');
  fs.writeFileSync(
    notesFile,
    JSON.stringify({ ...notes, steps: steps.describe() }),
  );
  await steps.tests(
    'End to end',
    [
      ...cli('jest/bin/jest.js'),
      // Each waits for processes of its own most of the time.
      ...['--config', 'jest.e2e.config.js', '--maxWorkers=2', '--ci'],
      ...['--reporters=default'],
      `--reporters=${path.join(rootFolder, 'scripts/lib/notesReporter.cjs')}`,
      ...['--json', `--outputFile=${results}`],
    ],
    () => readJestResults(results),
    {
      cwd: path.join(rootFolder, 'packages/quickstart'),
      env: { SKEIN_TEST_NOTES: notesFile },
    },
  );
}

function testFilesIn(folder) {
  const full = path.join(rootFolder, folder);
  return fs
    .readdirSync(full, { recursive: true })
    .filter(name => /\.test\.mjs$/.test(name))
    .filter(name => !name.includes('node_modules'))
    .map(name => path.join(folder, name));
}

function cli(file) {
  return [path.join(rootFolder, 'node_modules', file)];
}

function backstageCli() {
  return cli('@backstage/cli/bin/backstage-cli');
}

/** Runs one step after another, whatever came of the one before, and remembers. */
class Steps {
  #done = [];

  #ended = false;

  constructor(env) {
    this.env = env;
    // The running step gets the signal too; what follows it must not start.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        this.#ended = true;
      });
    }
  }

  /** Commands that only succeed or fail, side by side since each has but one thread; what they print follows one after another. */
  async checks(logsFolder, commands) {
    const running = Object.entries(commands).map(([name, args]) => {
      const logFile = path.join(logsFolder, `${name.toLowerCase()}.log`);
      const log = fs.openSync(logFile, 'w');
      const code = this.#run(args, { stdio: ['ignore', log, log] }).finally(
        () => fs.closeSync(log),
      );
      // Awaited in turn, so that of two that cannot start none is unhandled.
      code.catch(() => {});
      return { name, logFile, code };
    });
    for (const { name, logFile, code } of running) {
      await this.#step(name, async () => {
        const ok = (await code) === 0;
        process.stdout.write(fs.readFileSync(logFile));
        return { ok, results: noResults };
      });
    }
  }

  /** A runner that counts its tests. */
  async tests(name, args, read, options) {
    await this.#step(name, async () => {
      const code = await this.#run(args, options);
      const results = read();
      return { ok: code === 0 && results.failed === 0, results };
    });
  }

  /** The portal, for the tests that open it. */
  async build(logsFolder) {
    await this.#step('Build', async () => {
      try {
        await build({ env: this.env, logsFolder });
        return { ok: true, results: noResults };
      } catch (error) {
        process.stderr.write(`${error.message}\n`);
        return { ok: false, results: noResults };
      }
    });
  }

  describe() {
    return this.#done.map(
      it => `${it.ok ? 'ok    ' : 'FAILED'}  ${it.name} (${it.seconds} s)`,
    );
  }

  /** Prints the totals of all runners. @returns the exit code */
  conclude() {
    const failed = this.#done.filter(it => !it.ok);
    const totals = addResults(this.#done.map(it => it.results));
    // A check that fails is no test, but must not look like success.
    const failures =
      totals.failed + failed.filter(it => it.results.failed === 0).length;
    if (failed.length > 0) {
      process.stdout.write(
        `\nFailed: ${failed.map(it => it.name).join(', ')}\n`,
      );
    }
    process.stdout.write(
      `\n${totals.passed} passed, ${failures} failed, ${totals.skipped} skipped\n`,
    );
    return failed.length === 0 ? 0 : 1;
  }

  async #step(name, work) {
    const startedAt = Date.now();
    process.stdout.write(`\n== ${name}\n`);
    const { ok, results } = await work();
    if (this.#ended) throw new UserError('Ended by a signal.');
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    process.stdout.write(`== ${name}: ${ok ? 'ok' : 'FAILED'}, ${seconds} s\n`);
    this.#done.push({ name, ok, results, seconds });
  }

  #run(args, { env = {}, cwd = rootFolder, stdio = 'inherit' } = {}) {
    return exitCodeOf(process.execPath, args, {
      cwd,
      stdio,
      env: { ...this.env, ...env },
    });
  }
}
