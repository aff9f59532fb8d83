import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { exitCodeOf } from '../processes.mjs';
import { withProgress } from '../terminal.mjs';
import { patternOf } from './attackList.mjs';
import {
  concludeAttack,
  readJestOutcomes,
  readTapOutcomes,
  renderAttack,
} from './outcomes.mjs';

/**
 * Tries attacks as a user, and prints a line for each.
 *
 * @returns how many ended in which state
 */
export async function runAttacks(attacks, user, stream = process.stdout) {
  const counts = { stopped: 0, FAILED: 0, 'not tried': 0 };
  stream.write(`\n== As ${user.title}\n`);
  if (user.missing) {
    stream.write(`not tried: ${user.missing}\n`);
    return { ...counts, 'not tried': attacks.length };
  }
  const outcomes = await withProgress(
    `Trying ${attacks.length} attacks as ${user.title}`,
    () => runTests(attacks, user),
    stream,
  );
  for (const attack of attacks) {
    const conclusion = concludeAttack(attack, outcomes);
    counts[conclusion.state]++;
    stream.write(`${renderAttack(attack.attack, conclusion)}\n`);
  }
  return counts;
}

async function runTests(attacks, user) {
  const tests = attacks.flatMap(each => each.tests);
  const files = [...new Set(tests.map(each => each.file))].sort();
  const scripts = files.filter(file => file.endsWith('.mjs'));
  const outcomes = scripts.flatMap(file => runScript(file, user));
  const others = files.filter(file => !scripts.includes(file));
  if (others.length === 0) return outcomes;
  const names = tests
    .filter(each => others.includes(each.file))
    .map(each => patternOf(each.name));
  return [...outcomes, ...(await runJest(others, names, user))];
}

function runScript(file, user) {
  const [program, args] = user.command(process.execPath, [
    ...['--test', '--test-reporter=tap'],
    path.join(user.checkout, file),
  ]);
  // Set where this runs within a test: node's runner then reports to that one.
  const { NODE_TEST_CONTEXT: _, ...env } = user.env;
  const { stdout } = spawnSync(program, args, {
    env,
    cwd: '/',
    encoding: 'utf8',
  });
  return readTapOutcomes(stdout ?? '', file);
}

async function runJest(files, names, user) {
  const results = path.join(user.folder, 'attacks.json');
  const log = fs.openSync(`${results}.log`, 'w');
  const backstageCli = '@backstage/cli/bin/backstage-cli';
  const [program, args] = user.command(process.execPath, [
    path.join(user.checkout, 'node_modules', backstageCli),
    ...['repo', 'test', '--maxWorkers=2', '--silent'],
    ...['--json', `--outputFile=${results}`],
    `--testNamePattern=(^| )(${[...new Set(names)].join('|')})( |$)`,
    ...['--runTestsByPath', ...files],
  ]);
  const code = await exitCodeOf(program, args, {
    cwd: user.checkout,
    env: user.env,
    stdio: ['ignore', log, log],
  }).finally(() => fs.closeSync(log));
  const outcomes = readJestOutcomes(results, user.checkout);
  if (outcomes.length > 0) return outcomes;
  const message = `Jest ended with ${code}:\n${fs
    .readFileSync(`${results}.log`, 'utf8')
    .slice(-2_000)}`;
  return files.map(file => ({ file, names: [], state: 'failed', message }));
}
